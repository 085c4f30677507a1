package ai.artcafe.metrics.realtime;

import ai.artcafe.metrics.store.RecentSeconds;
import ai.artcafe.model.usage.Traffic;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.LongStream;

/**
 * The seconds that a picture's rates are of, for who has missed some: each is known, a silent one
 * to have been silent.
 *
 * @param source who counted
 * @param first epoch second
 * @param last epoch second: the last full one, which the picture's rates are of
 */
public record Track(Rates.Source source, long first, long last, RecentSeconds seconds) {

    /**
     * Full seconds that somebody has not been told of.
     *
     * @param from the first of them
     * @param to the end of the last of them
     * @param seconds those that are known, the oldest first
     */
    public record Missed(Rates.Source source, Instant from, Instant to, List<Second> seconds) {

        public Missed {
            seconds = List.copyOf(seconds);
        }
    }

    /** What was published in a second. */
    public record Second(Instant at, long messages, long bytes) {}

    /** What lies between the second that was told last and the one of the picture's rates. */
    public Optional<Missed> missedSince(long told) {
        if (told >= last - 1) {
            return Optional.empty();
        }
        return Optional.of(
                new Missed(
                        source,
                        Instant.ofEpochSecond(told + 1),
                        Instant.ofEpochSecond(last),
                        LongStream.range(Math.max(first, told + 1), last)
                                .mapToObj(this::second)
                                .toList()));
    }

    private Second second(long second) {
        Traffic published = seconds.sum(second, 1);
        return new Second(Instant.ofEpochSecond(second), published.messages(), published.bytes());
    }
}
