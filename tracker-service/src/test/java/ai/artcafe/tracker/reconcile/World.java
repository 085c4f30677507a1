package ai.artcafe.tracker.reconcile;

import ai.artcafe.model.identity.AgentId;
import ai.artcafe.model.identity.ConnectionOwner;
import ai.artcafe.model.identity.Slot;
import ai.artcafe.model.identity.TenantId;
import ai.artcafe.model.usage.Adjustment;
import ai.artcafe.model.usage.Counters;
import ai.artcafe.model.usage.Traffic;
import ai.artcafe.runtime.testing.TestClock;
import ai.artcafe.tracker.Settings;
import ai.artcafe.tracker.ledger.Claim;
import ai.artcafe.tracker.ledger.Lease;
import ai.artcafe.tracker.ledger.LedgerWitness;
import ai.artcafe.tracker.ledger.Sums;
import ai.artcafe.tracker.ledger.Window;
import ai.artcafe.tracker.reading.KnownSuspects;
import ai.artcafe.tracker.reading.Round;
import ai.artcafe.tracker.reading.ServerAccounts;
import ai.artcafe.tracker.reading.Suspect;
import ai.artcafe.tracker.reading.Suspects;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/**
 * A tenant on some NATS servers, with all that can happen to it, and the truth of it. What the
 * trackers are told is derived from it as the servers would.
 */
final class World {

    static final TenantId TENANT = new TenantId("acme");
    static final Slot SLOT = Slot.number(1);
    static final AgentId ALICE = new AgentId("alice");
    static final AgentId MALLORY = new AgentId("mallory");

    final TestClock clock = new TestClock(Instant.parse("2026-11-21T10:00:00Z"));
    final Ledger ledger = new Ledger();
    final List<Finding> findings = new ArrayList<>();
    final Map<Instant, Long> refusals = new TreeMap<>();
    final Set<AgentId> disabled = new HashSet<>();
    final Suspects suspects = new Suspects(1000);

    /** What was delivered and is in no counter. */
    Traffic hidden = Traffic.NONE;

    /** What the account received and is in no connection's counters. */
    Traffic uncounted = Traffic.NONE;

    boolean answers = true;
    long lost;

    private final Map<String, Server> servers = new TreeMap<>();
    private final List<Runnable> inFlight = new ArrayList<>();
    private final Map<String, Traffic> told = new HashMap<>();
    private List<Runnable> whileAsking = List.of();
    private List<Runnable> afterAsking = List.of();
    private boolean asked;
    private int nextServer;
    private int nextConnection;
    private int trackers;
    private boolean tapped = true;
    private int tapSession;
    private Traffic tapCounted = Traffic.NONE;
    private Reconciler reconciler;

    World() {
        startServer();
        reconciler = tracker();
    }

    private static final class Server {
        final Map<Integer, Connection> connections = new TreeMap<>();
        Traffic received = Traffic.NONE;
        Traffic sent = Traffic.NONE;
        Traffic notices = Traffic.NONE;
        Counters applied = Counters.ZERO;
        Traffic link = Traffic.NONE;
        Traffic linkApplied = Traffic.NONE;
    }

    private static final class Connection {
        Traffic in = Traffic.NONE;
        Traffic out = Traffic.NONE;
    }

    // what happens

    void startServer() {
        String id = "N" + nextServer++;
        Server server = new Server();
        server.connections.put(nextConnection++, new Connection());
        server.connections.put(nextConnection++, new Connection());
        servers.put(id, server);
    }

    /** What it had not told is gone with it. */
    void killServer() {
        if (servers.size() > 1) {
            servers.remove(servers.keySet().iterator().next());
        }
    }

    /** Published, counted, and delivered to that many connections of the tenant. */
    void publish(int messages, int size, int receivers) {
        Traffic amount = amount(messages, size);
        Server server = server(messages);
        server.received = server.received.plus(amount);
        Connection publisher = server.connections.values().iterator().next();
        publisher.in = publisher.in.plus(amount);
        deliver(server, amount, receivers);
    }

    /** The same, in the middle of a buffer: delivered already, counted a moment later. */
    void publishInFlight(int messages, int size) {
        Traffic amount = amount(messages, size);
        Server server = server(messages);
        deliver(server, amount, 0);
        inFlight.add(() -> {
            server.received = server.received.plus(amount);
            Connection publisher = server.connections.values().iterator().next();
            publisher.in = publisher.in.plus(amount);
        });
    }

    /** Forbidden: counted and not delivered. */
    void refuse(int messages, int size) {
        Traffic amount = amount(messages, size);
        Server server = server(messages);
        server.received = server.received.plus(amount);
        Connection publisher = server.connections.values().iterator().next();
        publisher.in = publisher.in.plus(amount);
    }

    /** Delivered and not counted, after some that were. */
    void hide(AgentId agent, int messages, int size) {
        publish(3, size, 1);
        Traffic amount = amount(messages, size);
        Server server = server(messages);
        deliver(server, amount, 1);
        hidden = hidden.plus(amount);
        ended(server, agent, "Protocol Violation");
    }

    /** A login failed: the server tells itself, and the account as well or not. */
    void failLogin(int messages, int size) {
        Server server = server(messages);
        Traffic notice = new Traffic(1, size);
        if (messages % 2 == 0) {
            server.sent = server.sent.plus(notice);
        }
        server.notices = server.notices.plus(notice);
    }

    /** A kick in the middle of a buffer: the account has it, the connection does not. */
    void kick(AgentId agent, int messages, int size) {
        Traffic amount = amount(messages, size);
        Server server = server(messages);
        server.received = server.received.plus(amount);
        deliver(server, amount, 0);
        uncounted = uncounted.plus(amount);
        ended(server, agent, "Kicked");
    }

    /** The account has it and no connection does, and none shows why. */
    void lose(int messages, int size) {
        Traffic amount = amount(messages, size);
        Server server = server(messages);
        server.received = server.received.plus(amount);
        deliver(server, amount, 0);
        uncounted = uncounted.plus(amount);
    }

    /** A gateway's link publishes what its sockets took in; they tell of it when they tell. */
    void link(int messages, int size) {
        Server server = server(messages);
        Traffic amount = amount(messages, size + 100);
        server.received = server.received.plus(amount);
        server.link = server.link.plus(amount);
        deliver(server, amount, 0);
    }

    void sockets(int messages, int size) {
        ledger.sockets = ledger.sockets.plus(amount(messages, size));
    }

    private static Traffic amount(int messages, int size) {
        return new Traffic(messages, (long) messages * size);
    }

    private Server server(int any) {
        List<Server> all = new ArrayList<>(servers.values());
        return all.get(any % all.size());
    }

    private void deliver(Server server, Traffic amount, int receivers) {
        for (int i = 0; i < receivers; i++) {
            server.sent = server.sent.plus(amount);
            Connection receiver = List.copyOf(server.connections.values()).getLast();
            receiver.out = receiver.out.plus(amount);
        }
        if (tapped) {
            server.sent = server.sent.plus(amount);
            tapCounted = tapCounted.plus(amount);
        }
    }

    private void ended(Server server, AgentId agent, String reason) {
        String id =
                servers.entrySet().stream()
                        .filter(entry -> entry.getValue() == server)
                        .map(Map.Entry::getKey)
                        .findFirst()
                        .orElseThrow();
        KnownSuspects.add(
                suspects,
                new Suspect(
                        id,
                        nextConnection++,
                        Optional.of(SLOT),
                        Optional.of(new ConnectionOwner.Agent(TENANT, agent)),
                        reason,
                        clock.instant()));
    }

    void tapAway() {
        tapped = false;
        tapSession++;
    }

    void tapBack() {
        tapped = true;
        tapSession++;
    }

    /** Another tracker takes over; the tap stood by. */
    void handOver() {
        tapSession++;
        reconciler = tracker();
    }

    void round() {
        round(List.of(), List.of());
    }

    /**
     * One that follows one of the polls that come every second.
     *
     * @param before happens after the ledger was asked and before the servers are
     * @param between happens after they were asked first
     */
    void round(List<Runnable> before, List<Runnable> between) {
        poll();
        asked = false;
        whileAsking = before;
        afterAsking = between;
        clock.advance(Duration.ofSeconds(10));
        reconciler.run();
    }

    Progress progress() {
        return reconciler.progress();
    }

    // what the tracker is told

    private Reconciler tracker() {
        String id = "tracker-" + trackers++;
        return new Reconciler(
                new Reconciler.Parts(
                        new Lease() {
                            @Override
                            public boolean holds() {
                                return true;
                            }

                            @Override
                            public void release() {}
                        },
                        () -> Map.of(SLOT, TENANT),
                        () -> accounts(id),
                        this::poll,
                        ledger,
                        suspects,
                        new TapWatch() {
                            @Override
                            public Optional<String> session() {
                                return tapped ? Optional.of("tap-" + tapSession) : Optional.empty();
                            }

                            @Override
                            public void tell() {
                                told.put("all", tapCounted);
                            }
                        },
                        new TapCounts() {
                            @Override
                            public void tell(
                                    String tracker, Map<TenantId, Traffic> counted, Instant at) {}

                            @Override
                            public Map<TenantId, Traffic> seen(Collection<TenantId> tenants) {
                                return Map.of(TENANT, told.getOrDefault("all", Traffic.NONE));
                            }
                        },
                        findings::add,
                        (tenant, at, messages) -> refusals.merge(at, messages, Long::sum),
                        (tenant, agent, at) -> disabled.add(agent)),
                Settings.of(
                        ReconcileConfig.class,
                        Map.of(
                                "artcafe.reconcile.settle",
                                "0s",
                                "artcafe.reconcile.attempts",
                                "1")),
                clock);
    }

    private Map<String, ServerAccounts> accounts(String session) {
        if (asked) {
            endBuffers();
        }
        asked = true;
        whileAsking.forEach(Runnable::run);
        whileAsking = List.of();
        Map<String, ServerAccounts> said = new HashMap<>();
        servers.forEach((id, server) ->
                said.put(
                        id,
                        new ServerAccounts(
                                clock.instant(),
                                clock.instant(),
                                session,
                                true,
                                Map.of(
                                        SLOT,
                                        new ServerAccounts.Account(
                                                server.received,
                                                server.sent.minus(server.notices),
                                                server.notices)))));
        afterAsking.forEach(Runnable::run);
        afterAsking = List.of();
        return said;
    }

    private void endBuffers() {
        inFlight.forEach(Runnable::run);
        inFlight.clear();
    }

    private Round poll() {
        for (Server server : servers.values()) {
            Traffic in = Traffic.NONE;
            Traffic out = Traffic.NONE;
            for (Connection connection : server.connections.values()) {
                in = in.plus(connection.in);
                out = out.plus(connection.out);
            }
            server.applied = Counters.of(in.messages(), in.bytes(), out.messages(), out.bytes());
            server.linkApplied = server.link;
        }
        servers.forEach((id, server) -> {
            ledger.agents.put("n:" + id, server.applied);
            ledger.links.put("n:" + id, server.linkApplied);
        });
        return new Round(clock.instant(), answers, servers.keySet(), Set.of(), lost);
    }

    /** The rule of the ledger's script. */
    static final class Ledger implements LedgerWitness {

        final Map<String, Counters> agents = new HashMap<>();
        final Map<String, Traffic> links = new HashMap<>();
        final Map<String, Traffic> claimed = new TreeMap<>();
        final Map<AgentId, Long> strikes = new HashMap<>();
        final List<Adjustment> adjustments = new ArrayList<>();
        final Map<String, Traffic> said = new HashMap<>();
        Traffic sockets = Traffic.NONE;
        long window;
        Map<String, String> base = Map.of();
        private final Set<String> struck = new HashSet<>();

        /** How often it is asked until its store goes back in time, once. */
        int asksUntilLoss = -1;

        @Override
        public Map<TenantId, Sums> sums(Collection<TenantId> tenants) {
            if (asksUntilLoss-- == 0) {
                agents.replaceAll((_, _) -> Counters.ZERO);
            }
            Map<String, Map<String, Counters>> byGateway = new HashMap<>();
            links.forEach((source, amount) -> {
                if (!amount.equals(Traffic.NONE)) {
                    byGateway.put(
                            source,
                            Map.of("gw", Counters.of(amount.messages(), amount.bytes(), 0, 0)));
                }
            });
            Map<String, Counters> all = new HashMap<>(agents);
            if (!sockets.equals(Traffic.NONE)) {
                all.put("g:gw.17", Counters.of(sockets.messages(), sockets.bytes(), 0, 0));
            }
            return Map.of(TENANT, new Sums(all, byGateway, claimed, window, base));
        }

        @Override
        public List<Adjustment> adjust(
                TenantId tenant, Instant at, Collection<Claim> claims, Optional<Window> ended) {
            if (ended.isPresent() && ended.get().number() != window) {
                return List.of();
            }
            List<Adjustment> booked = new ArrayList<>();
            for (Claim claim : claims) {
                Traffic before = claimed.getOrDefault(claim.cause(), Traffic.NONE);
                Traffic more = claim.amount().minus(before);
                if (more.equals(Traffic.NONE)) {
                    continue;
                }
                claimed.put(claim.cause(), claim.amount());
                if (claim.strike() && struck.add(claim.cause())) {
                    strikes.merge((AgentId) claim.agent(), 1L, Long::sum);
                }
                booked.add(
                        new Adjustment(
                                claim.cause(),
                                claim.reason(),
                                claim.agent(),
                                more,
                                at,
                                claim.from(),
                                claim.to(),
                                claim.period(),
                                claim.evidence()));
            }
            ended.ifPresent(end -> {
                window++;
                base = end.base();
                claimed.keySet().removeIf(cause -> cause.startsWith("w:"));
                struck.clear();
                end.said().forEach((name, amount) -> said.merge(name, amount, Traffic::plus));
            });
            adjustments.addAll(booked);
            return booked;
        }

        @Override
        public long strikes(TenantId tenant, AgentId agent) {
            return strikes.getOrDefault(agent, 0L);
        }

        Traffic booked(Adjustment.Reason reason) {
            return adjustments.stream()
                    .filter(adjustment -> adjustment.reason() == reason)
                    .map(Adjustment::amount)
                    .reduce(Traffic.NONE, Traffic::plus);
        }
    }
}
