package ai.artcafe.tracker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import ai.artcafe.model.identity.AgentId;
import ai.artcafe.model.identity.ConnectionOwner;
import ai.artcafe.model.identity.Slot;
import ai.artcafe.model.identity.TenantId;
import ai.artcafe.stack.LocalStack;
import ai.artcafe.tracker.broker.RawAgent;
import ai.artcafe.tracker.broker.TestAgents;
import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.stream.IntStream;
import org.jboss.logging.Logger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What many connections cost that are there and do nothing. */
@Timeout(600)
class IdleConnectionsIT {

    private static final Logger LOG = Logger.getLogger(IdleConnectionsIT.class);
    private static final int CONNECTIONS = 3000;
    private static final int ROUNDS = 5;

    @Test
    void three_thousand_idle_connections_are_polled_in_passing_and_cost_redis_nothing()
            throws Exception {
        try (LocalStack stack = LocalStack.builder().slots(4).inMemory().start();
                TestStores stores = new TestStores(stack, Map.of());
                TestAgents agents = new TestAgents(stack)) {
            stores.tables().create();
            Queue<RawAgent> open = new ConcurrentLinkedQueue<>();
            try (Tracker tracker = TrackerUnderTest.start(stack, stores)) {
                IntStream.range(0, CONNECTIONS)
                        .parallel()
                        .forEach(i -> open.add(connect(stack, agents, i)));
                await().atMost(Duration.ofSeconds(180))
                        .until(() -> tracker.feed().readings() >= CONNECTIONS);
                rounds(tracker, 2);
                long before = tracker.feed().readings();

                long worked = cpuNanos();
                Duration shortest = rounds(tracker, ROUNDS);
                Duration work = Duration.ofNanos((cpuNanos() - worked) / ROUNDS);

                assertThat(tracker.feed().readings()).isEqualTo(before);
                assertThat(tracker.table().size()).isGreaterThanOrEqualTo(CONNECTIONS);
                // not the longest: how long one lasts is also up to what else this machine does
                assertThat(shortest).isLessThan(Duration.ofMillis(800));
                assertThat(work).isLessThan(Duration.ofMillis(800));
                LOG.infof(
                        "Rounds: connections=%d shortest=%s work=%s", CONNECTIONS, shortest, work);
                for (RawAgent agent : open) {
                    agent.send("PUB tenant.t0.x 1\r\nx\r\n");
                }
                long at = System.nanoTime();
                await().atMost(Duration.ofSeconds(180))
                        .pollInterval(Duration.ofMillis(20))
                        .until(() -> tracker.feed().readings() >= before + CONNECTIONS);
                LOG.infof(
                        "All had changed: connections=%d applied_after_ms=%d round=%s",
                        CONNECTIONS,
                        (System.nanoTime() - at) / 1_000_000,
                        tracker.feed().lastRound());
            }
            for (RawAgent agent : open) {
                agent.close();
            }
        }
    }

    private static RawAgent connect(LocalStack stack, TestAgents agents, int i) {
        ConnectionOwner owner =
                new ConnectionOwner.Agent(new TenantId("t" + i % 4), new AgentId("a" + i));
        try {
            return new RawAgent(stack.natsUrl(), agents.key(owner, Slot.number(1 + i % 4)));
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }

    /** What this whole JVM, the tracker in it, has made the processors work. */
    private static long cpuNanos() {
        return ((com.sun.management.OperatingSystemMXBean)
                        ManagementFactory.getOperatingSystemMXBean())
                .getProcessCpuTime();
    }

    /** The shortest of some rounds from now on. */
    private static Duration rounds(Tracker tracker, int count) {
        Duration shortest = Duration.ofDays(1);
        for (int i = 0; i < count; i++) {
            Instant last = tracker.feed().lastApplied();
            await().atMost(Duration.ofSeconds(60))
                    .until(() -> tracker.feed().lastApplied().isAfter(last));
            Duration round = tracker.feed().lastRound();
            shortest = round.compareTo(shortest) < 0 ? round : shortest;
        }
        return shortest;
    }
}
