package ai.artcafe.tracker;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Iterator;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;

/** Does the same for many things, so many at once, on virtual threads. */
public final class Fanout {

    private Fanout() {}

    /**
     * Returns when it is done for all of them. After a failure no further one is begun.
     *
     * @throws RuntimeException the first failure, when those that were begun are over
     * @throws IllegalStateException when the calling thread is interrupted
     */
    public static <T> void each(Collection<T> things, int atOnce, Consumer<T> task) {
        Iterator<T> queue = things.iterator();
        AtomicBoolean failed = new AtomicBoolean();
        Runnable worker =
                () -> {
                    while (!failed.get()) {
                        T thing;
                        synchronized (queue) {
                            if (!queue.hasNext()) {
                                return;
                            }
                            thing = queue.next();
                        }
                        try {
                            task.accept(thing);
                        } catch (Throwable e) {
                            failed.set(true);
                            throw e;
                        }
                    }
                };
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<?>> workers = new ArrayList<>();
            for (int i = 0; i < Math.min(atOnce, things.size()); i++) {
                workers.add(threads.submit(worker));
            }
            for (Future<?> each : workers) {
                each.get();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted", e);
        } catch (ExecutionException e) {
            if (e.getCause() instanceof RuntimeException failure) {
                throw failure;
            }
            throw new IllegalStateException(e.getCause());
        }
    }
}
