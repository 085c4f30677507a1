package ai.artcafe.metrics.realtime.stream;

import ai.artcafe.metrics.realtime.Track;
import ai.artcafe.runtime.access.TenantAccess;
import com.github.benmanes.caffeine.cache.Ticker;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.subscription.BackPressureStrategy;
import io.smallrye.mutiny.subscription.MultiEmitter;
import jakarta.ws.rs.sse.OutboundSseEvent;
import java.time.Instant;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * One client that watches. Only the newest picture waits for a client that is slow; what it has
 * missed by that is told with the next one, as to someone who comes back. Guarded by itself.
 */
final class PictureStream {

    /** Notified of what becomes of a stream. */
    interface Life {

        void began(PictureStream stream);

        void skipped();

        /**
         * It is over, and its place is free. Called once.
         *
         * @param ending why, where that was the service's doing
         */
        void over(PictureStream stream, Optional<Ending> ending);
    }

    /** What is to be told next. */
    private sealed interface Message {

        record Show(Sight sight) implements Message {}

        record Beat() implements Message {}

        record Last(Ending ending) implements Message {}
    }

    private final TenantAccess who;
    private final Wording wording;
    private final StreamConfig config;
    private final Ticker ticker;
    private final Runnable cut;
    private final Life life;

    /** The second told last; empty until one has been. */
    private OptionalLong told;

    private Optional<MultiEmitter<? super Message>> emitter = Optional.empty();
    private Optional<Ending> ending = Optional.empty();
    private boolean isFirst = true;
    private boolean isWaiting;
    private boolean isOver;
    private long waitingSince;
    private long saidAt;

    /**
     * @param told the second that the client was told last, before it came back
     * @param cut breaks the connection
     */
    PictureStream(
            TenantAccess who,
            OptionalLong told,
            Wording wording,
            StreamConfig config,
            Ticker ticker,
            Runnable cut,
            Life life) {
        this.who = who;
        this.told = told;
        this.wording = wording;
        this.config = config;
        this.ticker = ticker;
        this.cut = cut;
        this.life = life;
        this.waitingSince = ticker.read();
        this.saidAt = waitingSince;
    }

    TenantAccess who() {
        return who;
    }

    /** The events, for one subscriber, who asks for one after the other. */
    Multi<OutboundSseEvent> events(Sight.Seen first) {
        return Multi.createFrom()
                .<Message>emitter(
                        subscribed -> begin(subscribed, first), BackPressureStrategy.LATEST)
                .onItem()
                .transform(this::taken)
                .onTermination()
                .invoke(this::over);
    }

    private void begin(MultiEmitter<? super Message> subscribed, Sight.Seen first) {
        Optional<Ending> early;
        synchronized (this) {
            emitter = Optional.of(subscribed);
            early = ending;
        }
        if (early.isPresent()) {
            sayLast(subscribed, early.get());
            return;
        }
        say(new Message.Show(first));
        life.began(this);
    }

    /** Shows a new picture in the place of one that has not been taken yet. */
    void show(Sight sight) {
        switch (sight) {
            case Sight.Gone() -> end(Ending.GONE);
            case Sight.Seen _, Sight.Unknown _ -> say(new Message.Show(sight));
        }
    }

    /** Ends what has to end by now, and breaks a silence that is too long. */
    void check(Instant now) {
        if (!now.isBefore(who.user().expiresAt())) {
            end(Ending.EXPIRED);
        }
        if (isStuck()) {
            end(Ending.STUCK);
            cut.run();
            over();
        } else if (isSilent()) {
            say(new Message.Beat());
        }
    }

    /** Ends it with an event that says why; does nothing when it has ended. */
    void end(Ending why) {
        Optional<MultiEmitter<? super Message>> open;
        synchronized (this) {
            if (ending.isPresent() || isOver) {
                return;
            }
            ending = Optional.of(why);
            open = emitter;
            waits();
        }
        open.ifPresent(to -> sayLast(to, why));
    }

    private static void sayLast(MultiEmitter<? super Message> to, Ending why) {
        to.emit(new Message.Last(why));
        to.complete();
    }

    /** Breaks the connection, whatever the client has been told. */
    void breakOff() {
        cut.run();
        over();
    }

    private void say(Message message) {
        MultiEmitter<? super Message> to;
        synchronized (this) {
            if (ending.isPresent() || isOver || emitter.isEmpty()) {
                return;
            }
            if (isWaiting) {
                life.skipped();
            }
            waits();
            to = emitter.get();
        }
        to.emit(message);
    }

    private synchronized void waits() {
        if (!isWaiting) {
            isWaiting = true;
            waitingSince = ticker.read();
        }
    }

    /** The client can take more: what it gets depends on what it was told before. */
    private synchronized OutboundSseEvent taken(Message message) {
        isWaiting = false;
        saidAt = ticker.read();
        return switch (message) {
            case Message.Show(Sight.Seen seen) -> picture(seen);
            case Message.Show(Sight.Unknown()), Message.Show(Sight.Gone()) -> wording.unavailable();
            case Message.Beat() -> wording.heartbeat();
            case Message.Last(Ending why) -> wording.last(why);
        };
    }

    private OutboundSseEvent picture(Sight.Seen seen) {
        Optional<Track.Missed> missed =
                told.isEmpty()
                        ? Optional.empty()
                        : seen.track().flatMap(track -> track.missedSince(told.getAsLong()));
        seen.track().ifPresent(track -> told = OptionalLong.of(track.last()));
        OutboundSseEvent.Builder event = wording.picture(seen, missed);
        if (isFirst) {
            isFirst = false;
            event.reconnectDelay(config.retry().toMillis());
        }
        return event.build();
    }

    /** Whether it is open and nothing has been taken for too long, or it was never begun. */
    private synchronized boolean isStuck() {
        return !isOver
                && (isWaiting || emitter.isEmpty())
                && ticker.read() - waitingSince >= config.patience().toNanos();
    }

    private synchronized boolean isSilent() {
        return !isWaiting && ticker.read() - saidAt >= config.heartbeat().toNanos();
    }

    private void over() {
        Optional<Ending> why;
        synchronized (this) {
            if (isOver) {
                return;
            }
            isOver = true;
            why = ending;
        }
        life.over(this, why);
    }
}
