package ai.artcafe.model.forecast;

import java.time.Instant;
import java.util.Optional;

/**
 * What a tenant will probably publish, from the hours that the ledger has booked.
 *
 * @param madeAt up to when the hours were known
 * @param historyHours how many hours of history there are
 * @param neededHours how many it takes; with fewer there is no projection
 * @param projection empty as long as there is too little history
 */
public record Forecast(
        Instant madeAt, int historyHours, int neededHours, Optional<Projection> projection) {}
