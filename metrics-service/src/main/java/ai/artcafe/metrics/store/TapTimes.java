package ai.artcafe.metrics.store;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * The times in which the platform's taps listened.
 *
 * @param listened since when and up to when they are known to; empty when they never did
 * @param outages times between the two in which none did
 */
public record TapTimes(Optional<Span> listened, List<Span> outages) {

    public static final TapTimes UNKNOWN = new TapTimes(Optional.empty(), List.of());

    /** How far the record may be behind: longer than the tracker takes to write it. */
    private static final Duration BEHIND = Duration.ofSeconds(60);

    public record Span(Instant from, Instant to) {

        boolean overlaps(Instant start, Instant end) {
            return from.isBefore(end) && start.isBefore(to);
        }
    }

    public TapTimes {
        outages = List.copyOf(outages);
    }

    /** The same, with what is known of the taps right now. */
    public TapTimes with(LiveTaps taps) {
        Optional<Span> extended =
                listened.map(known ->
                        taps.latest()
                                .filter(latest -> latest.isAfter(known.to()))
                                .filter(latest -> !latest.isAfter(known.to().plus(BEHIND)))
                                .map(latest -> new Span(known.from(), latest))
                                .orElse(known));
        return new TapTimes(extended, outages);
    }

    /** Whether a tap listened all the while. */
    public boolean covers(Instant from, Instant to) {
        return listened.filter(known ->
                        !from.isBefore(known.from()) && !to.isAfter(known.to().plus(BEHIND)))
                        .isPresent()
                && !isInterrupted(from, to);
    }

    /** Since when a tap has listened without a pause, up to this time; empty when none did then. */
    public Optional<Instant> since(Instant to) {
        return listened.filter(known -> covers(to, to))
                .map(known ->
                        outages.stream()
                                .filter(outage -> outage.from().isBefore(to))
                                .map(Span::to)
                                .reduce(known.from(), (a, b) -> a.isAfter(b) ? a : b));
    }

    /** Whether for a part of the time no tap is known to have listened. */
    public boolean isInterrupted(Instant from, Instant to) {
        return outages.stream().anyMatch(outage -> outage.overlaps(from, to));
    }
}
