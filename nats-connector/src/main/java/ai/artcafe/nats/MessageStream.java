package ai.artcafe.nats;

import java.util.Optional;
import java.util.concurrent.Executor;
import java.util.concurrent.Flow;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Supplier;
import org.eclipse.microprofile.reactive.messaging.Message;
import org.jspecify.annotations.Nullable;

/**
 * Gives one subscriber as many messages as it asked for, and asks its source only then. All signals
 * come from one serial executor, a Vert.x context.
 */
final class MessageStream implements Flow.Publisher<Message<?>>, Flow.Subscription {

    /** How many messages one turn on the event loop may take before others have theirs. */
    private static final int PER_TURN = 128;

    private final Executor context;
    private final Supplier<Optional<Message<?>>> source;
    private final Runnable onCancel;
    private final AtomicBoolean ended = new AtomicBoolean();
    private final AtomicLong demand = new AtomicLong();
    private final AtomicBoolean scheduled = new AtomicBoolean();

    private volatile Flow.@Nullable Subscriber<? super Message<?>> subscriber;
    private volatile boolean done;

    /**
     * @param source the next message, if there is one now; {@link #wake} says when there is more
     * @param onCancel runs once when nobody wants messages any more
     */
    MessageStream(Executor context, Supplier<Optional<Message<?>>> source, Runnable onCancel) {
        this.context = context;
        this.onCancel = onCancel;
        this.source = source;
    }

    @Override
    public void subscribe(Flow.Subscriber<? super Message<?>> newSubscriber) {
        if (subscriber != null) {
            newSubscriber.onSubscribe(new Cancelled());
            newSubscriber.onError(new IllegalStateException("only one subscriber is allowed"));
            return;
        }
        subscriber = newSubscriber;
        newSubscriber.onSubscribe(this);
    }

    @Override
    public void request(long more) {
        if (more <= 0) {
            fail(new IllegalArgumentException("demand must be positive: " + more));
            return;
        }
        demand.accumulateAndGet(more, MessageStream::addCapped);
        schedule();
    }

    @Override
    public void cancel() {
        if (ended.compareAndSet(false, true)) {
            done = true;
            onCancel.run();
        }
    }

    /** The source has something now. */
    void wake() {
        if (demand.get() > 0) {
            schedule();
        }
    }

    boolean isDone() {
        return done;
    }

    private void fail(Throwable reason) {
        context.execute(() -> {
            Flow.Subscriber<? super Message<?>> target = subscriber;
            if (!done && target != null) {
                cancel();
                target.onError(reason);
            }
        });
    }

    private void schedule() {
        if (scheduled.compareAndSet(false, true)) {
            context.execute(this::emit);
        }
    }

    private void emit() {
        scheduled.set(false);
        Flow.Subscriber<? super Message<?>> target = subscriber;
        if (target == null) {
            return;
        }
        for (int i = 0; i < PER_TURN; i++) {
            if (done || demand.get() == 0) {
                return;
            }
            Optional<Message<?>> next = source.get();
            if (next.isEmpty()) {
                return;
            }
            demand.updateAndGet(n -> n == Long.MAX_VALUE ? n : n - 1);
            target.onNext(next.get());
        }
        schedule();
    }

    private static long addCapped(long one, long other) {
        long sum = one + other;
        return sum < 0 ? Long.MAX_VALUE : sum;
    }

    private record Cancelled() implements Flow.Subscription {
        @Override
        public void request(long more) {}

        @Override
        public void cancel() {}
    }
}
