package ai.artcafe.system.load;

import ai.artcafe.model.identity.TenantId;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.random.RandomGenerator;
import java.util.stream.Stream;

/**
 * A few agents of a tenant who talk among themselves, in rounds: some come, some speak, all listen
 * until they have heard everything, some leave. One of them, the witness, is at the NATS door and
 * hears all. So between two rounds nothing is on its way, and all accounts are exact. Used by one
 * thread.
 */
final class Circle {

    private static final int SEATS = 5;
    private static final Duration FENCE = Duration.ofSeconds(1);
    private static final int FENCES = 60;
    private static final List<String> TOPICS = List.of("news", "work", "quiet");
    private static final List<String> EARS = List.of("news", "work", "*", ">");

    private final TenantId tenant;
    private final String name;
    private final List<LoadAgent> agents;
    private final RandomGenerator random;
    private final Duration hearing;
    private final Consumer<String> doubts;
    private final List<Seat> seats = new ArrayList<>();
    private Optional<Seat> witness = Optional.empty();
    private long fences;
    private long lossyRounds;

    /**
     * @param hearing for how long a message is waited for before it is asked whether it is lost
     * @param doubts takes every reason why an account may be wrong
     */
    Circle(
            TenantId tenant,
            String name,
            List<LoadAgent> agents,
            RandomGenerator random,
            Duration hearing,
            Consumer<String> doubts) {
        this.tenant = tenant;
        this.name = name;
        this.agents = List.copyOf(agents);
        this.random = random;
        this.hearing = hearing;
        this.doubts = doubts;
    }

    TenantId tenant() {
        return tenant;
    }

    List<LoadAgent> agents() {
        return agents;
    }

    /** Rounds in which something that was said did not arrive. */
    long lossyRounds() {
        return lossyRounds;
    }

    /** One round; returns how many messages were published in it. */
    int round() {
        renewWitness();
        if (witness.isEmpty()) {
            return 0;
        }
        boolean doorsOpen = arrive();
        int said = speak();
        settle();
        if (!hearAll()) {
            lossyRounds++;
            awaitFences();
        }
        checkHeard();
        if (doorsOpen) {
            leave();
        }
        return said;
    }

    /** Everybody leaves in order. */
    void end() {
        seats.forEach(seat -> seat.connection().close());
        seats.clear();
    }

    /** Another witness takes over now and then; the former one stays until the next can be had. */
    private void renewWitness() {
        if (witness.filter(seats::contains).isPresent() && random.nextInt(8) > 0) {
            return;
        }
        List<LoadAgent> able = agents.stream().filter(agent -> agent.door() == Door.NATS).toList();
        List<Seat.Ear> all =
                Stream.of(Wording.values()).map(wording -> new Seat.Ear(wording, ">")).toList();
        Optional<Seat> next = sitDown(able.get(random.nextInt(able.size())), all);
        if (next.isPresent()) {
            witness.ifPresent(this::stand);
            witness = next;
        } else {
            witness = witness.filter(seats::contains);
        }
    }

    /** Returns whether the doors were open to all who came; where nobody came, to nobody. */
    private boolean arrive() {
        boolean open = seats.size() >= SEATS;
        for (int comers = random.nextInt(3); comers > 0 && seats.size() < SEATS; comers--) {
            open = sitDown(agents.get(random.nextInt(agents.size())), ears()).isPresent();
        }
        return open;
    }

    /** Empty when the door is shut just now. */
    private Optional<Seat> sitDown(LoadAgent agent, List<Seat.Ear> ears) {
        AgentConnection connection;
        try {
            connection = agent.connect();
        } catch (IOException e) {
            return Optional.empty();
        }
        Seat seat = new Seat(agent, connection, ears);
        seats.add(seat);
        boolean[] listens = {false};
        attempt(seat, () -> listens[0] = subscribe(connection, ears));
        if (!listens[0]) {
            stand(seat);
        }
        return Optional.of(seat).filter(seats::contains);
    }

    private boolean subscribe(AgentConnection connection, List<Seat.Ear> ears) throws IOException {
        for (Seat.Ear ear : ears) {
            if (!connection.subscribe(ear.wording(), name + "." + ear.topic())) {
                return false;
            }
        }
        return ears.isEmpty() || connection.subscribe(Wording.TENANT, fenceSubject());
    }

    private List<Seat.Ear> ears() {
        List<Seat.Ear> ears = new ArrayList<>();
        for (String topic : EARS) {
            if (random.nextInt(3) == 0) {
                ears.add(new Seat.Ear(wording(), topic));
            }
        }
        return ears;
    }

    private Wording wording() {
        Wording[] all = Wording.values();
        return random.nextBoolean() ? Wording.TENANT : all[random.nextInt(all.length)];
    }

    private int speak() {
        int said = 0;
        for (Seat seat : List.copyOf(seats)) {
            seat.beSilent();
            for (int messages = random.nextInt(12); messages > 0; messages--) {
                attempt(seat, () -> speak(seat));
                said++;
            }
            if (random.nextInt(4) == 0) {
                attempt(seat, seat.connection()::heartbeat);
            }
        }
        return said;
    }

    private void speak(Seat seat) throws IOException {
        String topic = TOPICS.get(random.nextInt(TOPICS.size()));
        boolean atNats = seat.agent().door() == Door.NATS;
        Wording wording = atNats ? wording() : Wording.TENANT;
        Payload payload = atNats ? Payload.any(random) : Payload.json(random);
        if (seat.connection() instanceof NatsAgentConnection nats && random.nextInt(40) == 0) {
            // refused, and counted all the same
            nats.publish("tenant.no-such-tenant." + topic, payload);
            return;
        }
        seat.say(new Said(wording, name + "." + topic, payload));
        seats.forEach(listener -> listener.expect(wording, topic));
    }

    private void settle() {
        for (Seat seat : List.copyOf(seats)) {
            attempt(seat, seat.connection()::settle);
        }
    }

    private boolean hearAll() {
        boolean all = true;
        for (Seat seat : List.copyOf(seats)) {
            boolean[] heard = {true};
            attempt(seat, () -> heard[0] = seat.connection().awaitHeard(seat.expected(), hearing));
            all &= heard[0];
        }
        return all;
    }

    /** What was said before a fence, on the same way, has arrived or never will. */
    private void awaitFences() {
        for (Seat speaker : List.copyOf(seats)) {
            if (speaker.hasSpoken()) {
                attempt(speaker, () -> awaitFence(speaker));
            }
        }
        settle();
        seats.forEach(Seat::expectNoMore);
    }

    private void awaitFence(Seat speaker) throws IOException {
        for (int attempts = 0; attempts < FENCES; attempts++) {
            Payload fence = Payload.text(Fence.text(fences++));
            speaker.connection().publish(new Said(Wording.TENANT, fenceSubject(), fence));
            speaker.connection().settle();
            if (allHear(new String(fence.data(), java.nio.charset.StandardCharsets.US_ASCII))) {
                return;
            }
        }
        throw new IOException("no fence came through in " + FENCES + " attempts");
    }

    private boolean allHear(String fence) {
        boolean all = true;
        for (Seat seat : List.copyOf(seats)) {
            if (all && seat.listens()) {
                boolean[] heard = {true};
                attempt(seat, () -> heard[0] = seat.connection().awaitFence(fence, FENCE));
                all = heard[0];
            }
        }
        return all;
    }

    private void checkHeard() {
        for (Seat seat : seats) {
            long heard = seat.connection().heard();
            if (heard != seat.expected()) {
                doubts.accept(
                        "%s heard %d messages, expected %d"
                                .formatted(seat.agent().id(), heard, seat.expected()));
                seat.expectNoMore();
            }
        }
    }

    private void leave() {
        for (Seat seat : List.copyOf(seats)) {
            if (random.nextInt(4) == 0 && witness.filter(seat::equals).isEmpty()) {
                stand(seat);
            }
        }
    }

    private void stand(Seat seat) {
        attempt(seat, seat.connection()::unsubscribe);
        if (random.nextBoolean()) {
            seat.connection().close();
        } else {
            seat.connection().reset();
        }
        seats.remove(seat);
    }

    private String fenceSubject() {
        return "fences." + name;
    }

    /** Something that a connection does. */
    @FunctionalInterface
    private interface Deed {
        void run() throws IOException;
    }

    /** A connection that fails leaves the circle: what was on its way to it is not known. */
    private void attempt(Seat seat, Deed deed) {
        if (!seats.contains(seat)) {
            return;
        }
        try {
            deed.run();
        } catch (IOException e) {
            seats.remove(seat);
            seat.connection().reset();
            doubts.accept(
                    seat.agent().id()
                            + " lost its connection: "
                            + e.getMessage()
                            + seat.connection().doubt().map(doubt -> "; " + doubt).orElse(""));
        }
    }
}
