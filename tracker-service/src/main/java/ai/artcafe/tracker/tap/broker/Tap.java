package ai.artcafe.tracker.tap.broker;

import ai.artcafe.model.identity.Slot;
import ai.artcafe.model.usage.Traffic;
import ai.artcafe.nats.NatsConfig;
import ai.artcafe.nats.NatsOptions;
import ai.artcafe.nats.NatsSeeds;
import ai.artcafe.nats.connection.LastingConnection;
import ai.artcafe.tracker.reconcile.Hearing;
import ai.artcafe.tracker.tap.TapConfig;
import ai.artcafe.tracker.tap.TapCounter;
import ai.artcafe.tracker.tap.TapIntake;
import ai.artcafe.tracker.tap.TapLane;
import ai.artcafe.tracker.tap.TapSampler;
import io.nats.client.Connection;
import io.nats.client.ConnectionListener.Events;
import io.nats.client.Consumer;
import io.nats.client.Dispatcher;
import io.nats.client.ErrorListener;
import io.nats.client.MessageHandler;
import io.nats.client.impl.Headers;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.LongAdder;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.IntStream;
import org.jboss.logging.Logger;

/**
 * The TAP user's connection: one subscription a slot, shared among the trackers as a queue group,
 * counted in the dispatcher.
 */
public final class Tap implements AutoCloseable {

    private static final Logger LOG = Logger.getLogger(Tap.class);

    /** When a message was sent, epoch milliseconds. */
    private static final String SENT_AT = "Artcafe-Sent-At";

    /** By which a NATS service says that it failed. */
    private static final String SERVICE_ERROR = "Nats-Service-Error-Code";

    private final TapConfig config;
    private final List<TapLane> lanes;
    private final TapIntake intake;
    private final LastingConnection connection;
    private final LongAdder overflows = new LongAdder();

    private final TapSession session = new TapSession();
    private final SlotSubscriptions subscriptions;

    private volatile List<Feed> feeds = List.of();
    private volatile long droppedBefore;

    /**
     * A dispatcher and what it counts into.
     *
     * @param countedBefore messages that the counter had when the dispatcher began
     */
    private record Feed(Dispatcher dispatcher, TapCounter counter, long countedBefore) {

        /** Messages that had reached this machine by now will have been counted then. */
        long target() {
            return countedBefore
                    + dispatcher.getDeliveredCount()
                    + dispatcher.getPendingMessageCount();
        }
    }

    private Tap(NatsOptions options, int slots, TapConfig config, TapIntake intake) {
        this.config = config;
        this.intake = intake;
        this.subscriptions = new SlotSubscriptions(slots, session);
        this.lanes =
                IntStream.range(0, config.dispatchers())
                        .mapToObj(_ -> lane(slots, config))
                        .toList();
        this.connection =
                LastingConnection.open(
                        options.toBuilder()
                                .errorListener(new OverflowCount())
                                .connectionListener(this::connectionEvent)
                                .build());
        connection.onConnection(this::subscribe);
    }

    private static TapLane lane(int slots, TapConfig config) {
        return new TapLane(
                new TapCounter(slots),
                new TapSampler(
                        slots,
                        config.inspectedPerTenant(),
                        config.inspected(),
                        new SplittableRandom()));
    }

    /** Starts to connect, and returns at once. */
    public static Tap open(NatsConfig nats, NatsSeeds seeds, TapConfig config, TapIntake intake) {
        return new Tap(
                NatsOptions.named("tracker-tap").urls(nats.url()).seed(seeds.seed("tap")),
                nats.slots(),
                config,
                intake);
    }

    private void subscribe(Connection made) {
        List<Feed> subscribed = new ArrayList<>();
        for (TapLane lane : lanes) {
            TapCounter counter = lane.counter();
            Dispatcher dispatcher = made.createDispatcher(handler(lane, intake));
            dispatcher.setPendingLimits(config.maxPendingMessages(), config.maxPendingBytes());
            subscribed.add(new Feed(dispatcher, counter, counter.messages()));
        }
        subscriptions.begin(subscribed.stream().map(Feed::dispatcher).toList());
        droppedBefore = dropped();
        feeds = List.copyOf(subscribed);
        session.subscribed(made);
    }

    private void connectionEvent(Connection made, Events event) {
        switch (event) {
            case DISCONNECTED, CLOSED -> session.ended(made);
            case RESUBSCRIBED -> session.subscribed(made);
            default -> LOG.debugf("Tap's connection: event=%s", event);
        }
    }

    /**
     * As long as this stays the same, the server has had someone to hand every message to. Empty
     * while that is not certain.
     */
    public Optional<String> session() {
        return session.current();
    }

    /** The same by slot: those that are left out are not heard. */
    public Hearing hearing() {
        return session.hearing();
    }

    /**
     * From now on only the control messages of these slots are heard: nothing else in them has the
     * tap for a subscriber.
     */
    public void leaveOut(Set<Slot> slots) {
        subscriptions.leaveOut(slots);
    }

    /** What has come of a slot since the start; at most what the server handed out. */
    public Traffic counted(Slot slot) {
        return lanes.stream()
                .map(lane -> lane.counter().counted(slot))
                .reduce(Traffic.NONE, Traffic::plus);
    }

    /** What runs in a dispatcher for every message. */
    private static MessageHandler handler(TapLane lane, TapIntake intake) {
        TapCounter counter = lane.counter();
        TapSampler sampler = lane.sampler();
        return message -> {
            Headers headers = message.getHeaders();
            boolean isBare = headers == null || headers.isEmpty();
            byte[] payload = message.getData();
            long size = payload.length + (isBare ? 0L : headers.serializedLength());
            String subject = message.getSubject();
            int slot = counter.count(subject, size);
            if (slot > 0) {
                if (sampler.picks(slot)) {
                    intake.inspect(
                            sampler,
                            slot,
                            subject,
                            size,
                            isBare ? null : headers.getFirst(SENT_AT),
                            !isBare && headers.containsKey(SERVICE_ERROR));
                }
            } else if (slot < 0) {
                intake.control(-slot, subject, size, payload);
            }
        };
    }

    /**
     * Waits a moment until every message that the server has handed to the tap so far is counted.
     * Without effect while the connection is away.
     */
    public void settle() {
        long deadline = System.nanoTime() + config.patience().toNanos();
        Connection current =
                connection.current().filter(_ -> connection.isConnected()).orElse(null);
        if (current == null) {
            return;
        }
        TapSession.Sent sent = session.sent();
        try {
            current.flush(config.patience());
            session.confirmed(sent);
        } catch (TimeoutException | IllegalStateException e) {
            LOG.debugf("Tap did not settle in time: reason=%s", e.getMessage());
            return;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return;
        }
        for (Feed feed : feeds) {
            long target = feed.target();
            while (feed.counter().messages() < target && System.nanoTime() < deadline) {
                LockSupport.parkNanos(Duration.ofMillis(1).toNanos());
            }
        }
    }

    /** What each dispatcher fills. */
    public List<TapLane> lanes() {
        return lanes;
    }

    /** What has come since the start. */
    public long messages() {
        return lanes.stream().mapToLong(lane -> lane.counter().messages()).sum();
    }

    /** How often messages had to be dropped because they were not counted in time. */
    public long overflows() {
        return overflows.sum();
    }

    /** Messages that were dropped. */
    public long dropped() {
        return droppedBefore
                + feeds.stream().mapToLong(feed -> feed.dispatcher().getDroppedCount()).sum();
    }

    public boolean isConnected() {
        return connection.isConnected();
    }

    /** Why it is not connected, for people. */
    public String fault() {
        return connection.fault();
    }

    @Override
    public void close() {
        connection.close();
    }

    private final class OverflowCount implements ErrorListener {

        private static final long QUIET_NANOS = 1_000_000_000;

        private final AtomicLong said = new AtomicLong(System.nanoTime() - QUIET_NANOS);

        @Override
        public void slowConsumerDetected(Connection slow, Consumer consumer) {
            overflows.increment();
            long now = System.nanoTime();
            if (now - said.get() < QUIET_NANOS) {
                return;
            }
            said.set(now);
            LOG.warnf(
                    "Tap is slower than the traffic, messages are dropped: dropped=%d pending=%d",
                    consumer.getDroppedCount(), consumer.getPendingMessageCount());
        }

        @Override
        public void errorOccurred(Connection failed, String error) {
            LOG.warnf("NATS server error: connection=tracker-tap error=%s", error);
        }

        @Override
        public void exceptionOccurred(Connection failed, Exception exception) {
            LOG.debugf(exception, "NATS exception: connection=tracker-tap");
        }
    }
}
