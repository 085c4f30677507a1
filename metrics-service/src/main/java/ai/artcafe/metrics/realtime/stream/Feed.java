package ai.artcafe.metrics.realtime.stream;

import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.Supplier;

/**
 * Looks at one tenant again and again and shows everyone who watches what it saw. A look that takes
 * longer than the pause between two is not made up for. Thread-safe.
 */
final class Feed {

    private final Supplier<Sight> look;
    private final Duration every;
    private final Set<Consumer<Sight>> watchers = ConcurrentHashMap.newKeySet();
    private final CountDownLatch stopped = new CountDownLatch(1);

    Feed(Supplier<Sight> look, Duration every) {
        this.look = look;
        this.every = every;
    }

    void add(Consumer<Sight> watcher) {
        watchers.add(watcher);
    }

    void remove(Consumer<Sight> watcher) {
        watchers.remove(watcher);
    }

    boolean isWatched() {
        return !watchers.isEmpty();
    }

    /** The first look is after the first pause: who comes has just been shown one. */
    void start(String name) {
        Thread.ofVirtual().name(name).start(this::run);
    }

    void stop() {
        stopped.countDown();
    }

    private void run() {
        try {
            long next = System.nanoTime() + every.toNanos();
            while (!stopped.await(next - System.nanoTime(), TimeUnit.NANOSECONDS)) {
                Sight sight = look.get();
                watchers.forEach(watcher -> watcher.accept(sight));
                next = Math.max(next + every.toNanos(), System.nanoTime());
            }
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
    }
}
