package ai.artcafe.metrics.store;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * How far the taps are.
 *
 * @param told up to when each tracker's tap has been told
 */
public record LiveTaps(List<Instant> told) {

    /** A tap that has told nothing for longer is not counted on. */
    static final Duration FRESH = Duration.ofSeconds(3);

    public LiveTaps {
        told = List.copyOf(told);
    }

    /** Up to when all taps have told that are at work; empty when none is. */
    public Optional<Instant> through(Instant now) {
        return told.stream()
                .filter(at -> !at.isBefore(now.minus(FRESH)))
                .min(Instant::compareTo)
                .map(at -> at.isAfter(now) ? now : at);
    }

    /** The latest that any tap has told; empty when none ever did. */
    public Optional<Instant> latest() {
        return told.stream().max(Instant::compareTo);
    }
}
