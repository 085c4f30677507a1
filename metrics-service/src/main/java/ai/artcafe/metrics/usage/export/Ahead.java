package ai.artcafe.metrics.usage.export;

import java.util.Iterator;
import java.util.NoSuchElementException;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;

/**
 * Has the next element read on a virtual thread while the last one is made use of: one, and no
 * more. For one thread.
 */
final class Ahead<T> implements Iterator<T>, AutoCloseable {

    private final Iterator<T> source;
    private FutureTask<Optional<T>> next;

    Ahead(Iterator<T> source) {
        this.source = source;
        this.next = read();
    }

    private FutureTask<Optional<T>> read() {
        FutureTask<Optional<T>> task =
                new FutureTask<>(
                        () -> source.hasNext() ? Optional.of(source.next()) : Optional.empty());
        Thread.ofVirtual().name("export-ahead").start(task);
        return task;
    }

    @Override
    public boolean hasNext() {
        return await().isPresent();
    }

    @Override
    public T next() {
        T element = await().orElseThrow(NoSuchElementException::new);
        next = read();
        return element;
    }

    private Optional<T> await() {
        try {
            return next.get();
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            throw new CancellationException("interrupted");
        } catch (ExecutionException failed) {
            if (failed.getCause() instanceof RuntimeException error) {
                throw error;
            }
            throw new CompletionException(failed.getCause());
        }
    }

    /** What is being read is not waited for. */
    @Override
    public void close() {
        next.cancel(true);
    }
}
