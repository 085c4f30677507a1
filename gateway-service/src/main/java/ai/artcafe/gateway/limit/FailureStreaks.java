package ai.artcafe.gateway.limit;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import java.time.Clock;
import java.time.Duration;

/**
 * Failures in a row, by whatever they are counted by. From a number on each further one has a wait
 * that is twice as long as the one before, up to a longest; a success ends the streak, and so does
 * time. Thread-safe.
 *
 * @param <K> what they are counted by
 */
final class FailureStreaks<K> {

    private static final Duration FIRST_WAIT = Duration.ofSeconds(1);
    private static final int MOST_DOUBLINGS = 20;

    private final int free;
    private final Duration longestWait;
    private final Clock clock;
    private final Cache<K, Streak> streaks;

    /**
     * @param until when to wait, in epoch milliseconds
     */
    private record Streak(int failures, long until) {}

    /**
     * @param free how many failures in a row have no wait
     * @param remembered how many streaks at a time
     * @param forgottenAfter how long after its last failure a streak is over
     */
    FailureStreaks(
            int free, Duration longestWait, int remembered, Duration forgottenAfter, Clock clock) {
        this.free = free;
        this.longestWait = longestWait;
        this.clock = clock;
        this.streaks =
                Caffeine.newBuilder()
                        .maximumSize(remembered)
                        .expireAfterWrite(forgottenAfter)
                        .build();
    }

    /** How long to wait still; zero for not at all. */
    Duration wait(K key) {
        Streak streak = streaks.getIfPresent(key);
        return streak == null
                ? Duration.ZERO
                : Duration.ofMillis(Math.max(0, streak.until() - clock.millis()));
    }

    /** One more failure; returns how long to wait after it. */
    Duration failed(K key) {
        streaks.asMap()
                .compute(
                        key,
                        (_, streak) -> {
                            int failures = streak == null ? 1 : streak.failures() + 1;
                            return new Streak(failures, clock.millis() + waitMs(failures));
                        });
        return wait(key);
    }

    void succeeded(K key) {
        streaks.invalidate(key);
    }

    private long waitMs(int failures) {
        if (failures <= free) {
            return 0;
        }
        long wait = FIRST_WAIT.toMillis() << Math.min(failures - free - 1, MOST_DOUBLINGS);
        return Math.min(wait, longestWait.toMillis());
    }
}
