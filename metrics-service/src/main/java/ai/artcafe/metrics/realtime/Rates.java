package ai.artcafe.metrics.realtime;

import ai.artcafe.metrics.store.Freshness;
import ai.artcafe.metrics.store.RecentSeconds;
import ai.artcafe.model.usage.Traffic;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import java.time.Instant;
import java.util.Optional;

/**
 * How fast a tenant's agents publish; {@code null} as long as nothing has been read.
 *
 * @param messagesPerSecond in the last full second
 * @param bytesPerSecond in the last full second
 * @param messagesPerSecond1m the mean of the last 60 full seconds
 */
@JsonInclude(JsonInclude.Include.ALWAYS)
public record Rates(
        Optional<Long> messagesPerSecond,
        Optional<Long> bytesPerSecond,
        @JsonProperty("messages_per_second_1m") Optional<Double> messagesPerSecond1m) {

    static final Rates UNKNOWN = new Rates(Optional.empty(), Optional.empty(), Optional.empty());

    private static final int MINUTE = 60;

    /** As of the latest reading, whose own second is not full yet. */
    static Rates of(RecentSeconds recent, Freshness freshness) {
        return freshness.asOf().map(asOf -> at(recent, asOf)).orElse(UNKNOWN);
    }

    private static Rates at(RecentSeconds recent, Instant asOf) {
        long lastFull = asOf.getEpochSecond() - 1;
        Traffic second = recent.sum(lastFull, 1);
        double mean = (double) recent.sum(lastFull, MINUTE).messages() / MINUTE;
        return new Rates(
                Optional.of(second.messages()),
                Optional.of(second.bytes()),
                Optional.of(Math.round(mean * 100) / 100.0));
    }
}
