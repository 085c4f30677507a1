package ai.artcafe.metrics.realtime;

import ai.artcafe.metrics.flow.Rounded;
import ai.artcafe.metrics.store.Freshness;
import ai.artcafe.metrics.store.RecentSeconds;
import ai.artcafe.model.usage.Traffic;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonValue;
import java.time.Instant;
import java.util.Locale;
import java.util.Optional;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/**
 * How fast a tenant's agents publish; {@code null} where it is not known.
 *
 * @param source who counted; {@code null} as long as nothing has been read
 * @param messagesPerSecond in the last full second
 * @param bytesPerSecond in the last full second
 * @param messagesPerSecond1m the mean of the last 60 full seconds
 * @param messagesPerSecond5m the mean of the last 300 full seconds, where the taps listened to all
 *     of them
 */
@JsonInclude(JsonInclude.Include.ALWAYS)
public record Rates(
        @Schema(nullable = true) Optional<Source> source,
        Optional<Long> messagesPerSecond,
        Optional<Long> bytesPerSecond,
        @JsonProperty("messages_per_second_1m") Optional<Double> messagesPerSecond1m,
        @JsonProperty("messages_per_second_5m") Optional<Double> messagesPerSecond5m) {

    /** Who counted. */
    public enum Source {
        /** The trackers' taps, which see each message as it is sent. */
        TAP,
        /** The ledger, which is read once a second: it takes over while no tap listens. */
        LEDGER;

        @JsonValue
        public String id() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    static final Rates UNKNOWN =
            new Rates(
                    Optional.empty(),
                    Optional.empty(),
                    Optional.empty(),
                    Optional.empty(),
                    Optional.empty());

    static final int MINUTE = 60;
    static final int FIVE_MINUTES = 300;

    /** As of the ledger's latest reading, whose own second is not full yet. */
    static Rates ofLedger(RecentSeconds recent, Freshness freshness) {
        return freshness.asOf().map(asOf -> of(Source.LEDGER, recent, asOf, false)).orElse(UNKNOWN);
    }

    /**
     * As of what the taps have told.
     *
     * @param isLong whether they listened to the last 300 seconds
     */
    static Rates ofTap(RecentSeconds seen, Instant through, boolean isLong) {
        return of(Source.TAP, seen, through, isLong);
    }

    private static Rates of(Source source, RecentSeconds seconds, Instant asOf, boolean isLong) {
        long lastFull = asOf.getEpochSecond() - 1;
        Traffic second = seconds.sum(lastFull, 1);
        return new Rates(
                Optional.of(source),
                Optional.of(second.messages()),
                Optional.of(second.bytes()),
                Optional.of(mean(seconds, lastFull, MINUTE)),
                isLong ? Optional.of(mean(seconds, lastFull, FIVE_MINUTES)) : Optional.empty());
    }

    private static double mean(RecentSeconds seconds, long last, int count) {
        return Rounded.to(2, (double) seconds.sum(last, count).messages() / count);
    }
}
