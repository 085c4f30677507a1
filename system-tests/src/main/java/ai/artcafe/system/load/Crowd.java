package ai.artcafe.system.load;

import ai.artcafe.model.identity.AgentId;
import ai.artcafe.model.identity.TenantId;
import ai.artcafe.model.usage.UsageTotals;
import ai.artcafe.system.platform.Platform;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.Semaphore;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.IntStream;

/** Thousands of connections at the NATS door, of one agent in each of several tenants. */
public final class Crowd implements AutoCloseable {

    /** The limit of a slot is 1000. */
    public static final int MOST_IN_A_TENANT = 900;

    private static final int AT_ONCE = 100;
    private static final Payload HELLO = Payload.text("{\"hello\":\"crowd\"}");
    private static final Said MESSAGE = new Said(Wording.TENANT, "crowd", HELLO);
    private static final long SECOND_NANOS = 1_000_000_000;

    private final List<TenantId> tenants = new ArrayList<>();
    private final List<LoadAgent> agents = new ArrayList<>();
    private final List<AgentConnection> open = new ArrayList<>();

    private Crowd() {}

    /** Registers one agent in each of so many tenants; nobody connects yet. */
    public static Crowd register(Platform platform, int tenants) {
        Doors doors = Doors.of(platform, 1);
        Crowd crowd = new Crowd();
        for (int i = 0; i < tenants; i++) {
            TenantId tenant = new TenantId("crowd-" + i);
            doors.createTenant(tenant);
            crowd.tenants.add(tenant);
            crowd.agents.add(doors.enrol(tenant, new AgentId("crowd-agent-" + i), Door.NATS));
        }
        return crowd;
    }

    public List<TenantId> tenants() {
        return List.copyOf(tenants);
    }

    /** Opens so many more, a tenant's next to each other. */
    public void open(int connections) {
        int each = (connections + agents.size() - 1) / agents.size();
        open.addAll(atOnce(connections, i -> agents.get(i / each).connect()));
    }

    /**
     * So many of the open connections publish a message a second each, evenly over the second.
     *
     * @param step every so manieth connection is one of them
     */
    public void talk(int speakers, int step, Duration duration) {
        long begin = System.nanoTime();
        for (int second = 0; second < duration.toSeconds(); second++) {
            for (int i = 0; i < speakers; i++) {
                long due = begin + second * SECOND_NANOS + SECOND_NANOS * i / speakers;
                while (System.nanoTime() < due) {
                    LockSupport.parkNanos(due - System.nanoTime());
                }
                say((NatsAgentConnection) open.get(i * step));
            }
        }
    }

    private static void say(NatsAgentConnection connection) {
        try {
            connection.publish(MESSAGE);
            connection.flush();
        } catch (IOException e) {
            throw new UncheckedIOException("a connection of the crowd has ended", e);
        }
    }

    /** One message on the first open connection; returns its tenant. */
    public TenantId sayOnce() {
        say((NatsAgentConnection) open.getFirst());
        return tenants.getFirst();
    }

    /** So many connections are opened, publish, and are closed again in order. */
    public void rush(int connections, int messages) {
        atOnce(
                connections,
                i -> {
                    AgentConnection connection = agents.get(i % agents.size()).connect();
                    for (int message = 0; message < messages; message++) {
                        connection.publish(MESSAGE);
                    }
                    connection.settle();
                    connection.close();
                    return connection;
                });
    }

    /** What all connections have carried, also those that are closed. */
    public UsageTotals carried() {
        return agents.stream().map(LoadAgent::carried).reduce(UsageTotals.NONE, UsageTotals::plus);
    }

    @FunctionalInterface
    private interface Deed {
        AgentConnection run(int number) throws IOException;
    }

    /** Does it so many times, a limited number of them at once. */
    private static List<AgentConnection> atOnce(int times, Deed deed) {
        Semaphore turns = new Semaphore(AT_ONCE);
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<AgentConnection>> results =
                    IntStream.range(0, times)
                            .mapToObj(i ->
                                    threads.submit(() -> {
                                        turns.acquire();
                                        try {
                                            return deed.run(i);
                                        } finally {
                                            turns.release();
                                        }
                                    }))
                            .toList();
            List<AgentConnection> connections = new ArrayList<>();
            for (Future<AgentConnection> result : results) {
                connections.add(result.get());
            }
            return connections;
        } catch (ExecutionException e) {
            throw new IllegalStateException("the crowd came to a halt: " + e.getCause(), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted", e);
        }
    }

    /** All that are open leave in order. */
    @Override
    public void close() {
        open.forEach(AgentConnection::close);
        open.clear();
    }
}
