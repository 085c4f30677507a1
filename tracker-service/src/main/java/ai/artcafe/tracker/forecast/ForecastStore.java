package ai.artcafe.tracker.forecast;

import ai.artcafe.model.forecast.Forecast;
import ai.artcafe.model.identity.TenantId;
import java.time.Instant;
import java.util.Optional;

/**
 * Where the latest forecasts are kept. Blocking; methods throw {@link
 * ai.artcafe.runtime.store.StoreAwayException} when the store does not answer.
 */
public interface ForecastStore {

    /** When the tenant's forecast was made; empty when there is none. */
    Optional<Instant> madeAt(TenantId tenant);

    /** Keeps a forecast in the place of the one before. */
    void keep(TenantId tenant, Forecast forecast);
}
