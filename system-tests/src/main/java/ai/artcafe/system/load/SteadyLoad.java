package ai.artcafe.system.load;

import ai.artcafe.model.identity.AgentId;
import ai.artcafe.model.identity.TenantId;
import ai.artcafe.model.usage.Traffic;
import ai.artcafe.model.usage.UsageTotals;
import ai.artcafe.system.platform.Platform;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;

/**
 * Agents at the NATS door who each talk to themselves without a break, come back when they are cut
 * off, and remember when they had carried how much: what a server had counted at any time, and what
 * it can have counted at most. Runs until it is closed.
 */
public final class SteadyLoad implements AutoCloseable {

    private static final long PAUSE_NANOS = 5_000_000;
    private static final long PATIENCE_NANOS = 120_000_000_000L;
    private static final int MESSAGES = 3;

    /** By then all of it had been taken in by the server. */
    private record Moment(Instant at, Traffic published, long heard) {}

    /** One connection of an agent; the owner's thread writes. */
    private static final class Stay {

        private final AgentConnection connection;
        private final Queue<Moment> moments = new ConcurrentLinkedQueue<>();
        private volatile boolean ended;

        Stay(AgentConnection connection) {
            this.connection = connection;
        }

        /** All that was said has been taken in. */
        void remember() {
            Traffic published = connection.carried().published();
            long heard = connection.heard();
            moments.add(new Moment(Instant.now(), published, heard));
        }
    }

    private record Speaker(TenantId tenant, LoadAgent agent, List<Stay> stays) {}

    private final List<Speaker> speakers = new ArrayList<>();
    private final List<Thread> threads = new ArrayList<>();
    private final AtomicLong published = new AtomicLong();
    private volatile boolean closing;

    private SteadyLoad() {}

    /**
     * Registers everybody and begins.
     *
     * @param agents in each tenant
     */
    public static SteadyLoad begin(Platform platform, List<TenantId> tenants, int agents) {
        Doors doors = Doors.of(platform, 1);
        SteadyLoad load = new SteadyLoad();
        for (TenantId tenant : tenants) {
            doors.createTenant(tenant);
            for (int i = 0; i < agents; i++) {
                LoadAgent agent = doors.enrol(tenant, new AgentId(tenant + "-" + i), Door.NATS);
                load.speakers.add(new Speaker(tenant, agent, new CopyOnWriteArrayList<>()));
            }
        }
        for (Speaker speaker : load.speakers) {
            load.threads.add(Thread.ofVirtual().start(() -> load.keepTalking(speaker)));
        }
        return load;
    }

    private void keepTalking(Speaker speaker) {
        while (!closing) {
            try {
                Stay stay = new Stay(speaker.agent.connect());
                speaker.stays.add(stay);
                talk(speaker, stay);
            } catch (IOException e) {
                // cut off, or the door is shut: come back
                LockSupport.parkNanos(10 * PAUSE_NANOS);
            }
        }
    }

    private void talk(Speaker speaker, Stay stay) throws IOException {
        AgentConnection connection = stay.connection;
        String subject = "steady." + speaker.agent.id();
        try {
            connection.subscribe(Wording.TENANT, subject);
            while (!closing) {
                for (int i = 0; i < MESSAGES; i++) {
                    connection.publish(
                            new Said(
                                    Wording.TENANT,
                                    subject,
                                    Payload.text("\"" + published.getAndIncrement() + "\"")));
                }
                connection.settle();
                stay.remember();
                LockSupport.parkNanos(PAUSE_NANOS);
            }
            connection.unsubscribe();
            stay.ended = true;
        } finally {
            connection.close();
        }
    }

    /** Returns when so many more messages have been published. */
    public void carry(long messages) {
        long target = published.get() + messages;
        long deadline = System.nanoTime() + PATIENCE_NANOS;
        while (published.get() < target) {
            if (System.nanoTime() > deadline) {
                throw new IllegalStateException("the load published " + published + " messages");
            }
            LockSupport.parkNanos(PAUSE_NANOS);
        }
    }

    /**
     * What has been counted for the tenant at least, when its server was read at that time for the
     * last time before it ended. Known once this is closed.
     */
    public UsageTotals least(TenantId tenant, Instant lastRead) {
        return sum(
                tenant,
                stay -> {
                    if (stay.ended) {
                        return stay.connection.carried();
                    }
                    Moment last = new Moment(Instant.MIN, Traffic.NONE, 0);
                    for (Moment moment : stay.moments) {
                        if (!moment.at.isAfter(lastRead)) {
                            last = moment;
                        }
                    }
                    return new UsageTotals(
                            last.published,
                            new Traffic(last.heard, 0),
                            Traffic.NONE,
                            last.at.equals(Instant.MIN) ? 0 : 1);
                });
    }

    /** What can have been counted for the tenant at most. Known once this is closed. */
    public UsageTotals most(TenantId tenant) {
        return sum(
                tenant,
                stay -> {
                    // everybody is the only one to hear what they say
                    UsageTotals carried = stay.connection.carried();
                    return new UsageTotals(
                            carried.published(),
                            stay.ended ? carried.delivered() : carried.published(),
                            Traffic.NONE,
                            1);
                });
    }

    private interface Account {
        UsageTotals of(Stay stay);
    }

    private UsageTotals sum(TenantId tenant, Account account) {
        return speakers.stream()
                .filter(speaker -> speaker.tenant.equals(tenant))
                .flatMap(speaker -> speaker.stays.stream())
                .map(account::of)
                .reduce(UsageTotals.NONE, UsageTotals::plus);
    }

    /** All agents settle and leave in order. */
    @Override
    public void close() {
        closing = true;
        try {
            for (Thread thread : threads) {
                thread.join();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
