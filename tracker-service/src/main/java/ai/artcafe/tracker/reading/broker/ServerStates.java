package ai.artcafe.tracker.reading.broker;

import ai.artcafe.tracker.reading.Poll;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * What is known of the NATS servers: which of them is read, without a gap or not, which one does
 * not answer, and which is gone.
 *
 * <p>Thread-safe.
 */
final class ServerStates {

    /** After how long without an end the reading of a server's ring is begun anew. */
    private static final Duration RING_PATIENCE = Duration.ofSeconds(10);

    private static final class State {
        /** Whether all it has to say of closed connections is known, too. */
        private boolean whole;

        private boolean standalone;
        private Optional<Instant> readThrough = Optional.empty();
        private Optional<Instant> missedSince = Optional.empty();
        private Optional<Instant> goneSince = Optional.empty();
        private long ringBegun;
    }

    private final Duration forgetAfter;
    // guarded by this
    private final Map<String, State> servers = new HashMap<>();
    private long gaps;
    private boolean allDue = true;

    /**
     * @param forgetAfter how long a server is remembered that does not answer and is not {@link
     *     #forget forgotten} before
     */
    ServerStates(Duration forgetAfter) {
        this.forgetAfter = forgetAfter;
    }

    /** Events may have been missed: no server counts as read before it has said all again. */
    synchronized void gap() {
        gaps++;
        allDue = true;
        for (State state : servers.values()) {
            state.whole = false;
            state.readThrough = Optional.empty();
            state.ringBegun = 0;
        }
    }

    /** How many gaps there have been. */
    synchronized long gaps() {
        return gaps;
    }

    /** Whether all servers must be asked for everything; asked once. */
    synchronized boolean takeAllDue() {
        boolean due = allDue;
        allDue = false;
        return due;
    }

    /** The servers that are waited for. */
    synchronized Set<String> expected() {
        return servers.entrySet().stream()
                .filter(server -> server.getValue().missedSince.isEmpty())
                .filter(server -> server.getValue().goneSince.isEmpty())
                .map(Map.Entry::getKey)
                .collect(Collectors.toUnmodifiableSet());
    }

    /**
     * A server has been read.
     *
     * @param gapsThen how many gaps there had been when it was asked
     * @param at when it was asked
     * @param whole whether its closed connections were read as well
     * @return whether its closed connections have to be asked for
     */
    synchronized boolean read(String server, long gapsThen, Instant at, boolean whole) {
        if (gapsThen != gaps) {
            return false;
        }
        State state = servers.computeIfAbsent(server, _ -> new State());
        if (state.goneSince.isPresent()) {
            return false;
        }
        state.missedSince = Optional.empty();
        if (whole) {
            state.whole = true;
            state.ringBegun = 0;
        }
        if (state.readThrough.filter(at::isBefore).isEmpty()) {
            state.readThrough = Optional.of(at);
        }
        return !state.whole && isRingDue(server);
    }

    /** Whether the server's ring has to be asked for: not while an answer is still likely. */
    synchronized boolean isRingDue(String server) {
        State state = servers.computeIfAbsent(server, _ -> new State());
        long now = System.nanoTime();
        if (state.ringBegun != 0 && now - state.ringBegun < RING_PATIENCE.toNanos()) {
            return false;
        }
        state.ringBegun = now;
        return true;
    }

    /** A page of the server's ring has come. */
    synchronized void ringGoesOn(String server, long gapsThen) {
        if (gapsThen == gaps) {
            servers.computeIfAbsent(server, _ -> new State()).ringBegun = System.nanoTime();
        }
    }

    /** Whether the server is part of no cluster, as it says itself. */
    synchronized void standalone(String server, boolean standalone) {
        servers.computeIfAbsent(server, _ -> new State()).standalone = standalone;
    }

    /** The server has said that it ends now. */
    synchronized void shutdown(String server, Instant at) {
        State state = servers.get(server);
        if (state != null && state.goneSince.isEmpty()) {
            state.goneSince = Optional.of(state.missedSince.orElse(at));
        }
    }

    /**
     * Ends a poll: who was expected and has not answered is missing from now on, or gone, when
     * another that is part of no cluster answers in its place.
     *
     * @param at when the poll began
     */
    synchronized Poll poll(Instant at, Set<String> answered) {
        boolean replaced =
                answered.stream()
                        .map(servers::get)
                        .anyMatch(state -> state != null && state.standalone);
        Map<String, Instant> through = new HashMap<>();
        Set<String> missing = new HashSet<>();
        Map<String, Instant> gone = new HashMap<>();
        servers.forEach((server, state) -> {
            if (!answered.contains(server) && state.missedSince.isEmpty()) {
                state.missedSince = Optional.of(at);
            }
            if (replaced && state.standalone && !answered.contains(server)) {
                state.goneSince = state.goneSince.or(() -> state.missedSince);
            }
            if (state.whole) {
                state.readThrough.ifPresent(read -> through.put(server, read));
            }
            state.readThrough = Optional.empty();
            if (state.goneSince.isPresent()) {
                gone.put(server, state.goneSince.get());
            } else if (!through.containsKey(server)) {
                missing.add(server);
            }
        });
        servers.values()
                .removeIf(state ->
                        state.missedSince
                                .filter(missed -> missed.plus(forgetAfter).isBefore(at))
                                .isPresent());
        if (servers.values().stream().noneMatch(state -> state.whole || state.ringBegun != 0)) {
            allDue = true;
        }
        return new Poll(at, through, missing, gone);
    }

    /** The server that is all there is, when it is part of no cluster. */
    synchronized Optional<String> only() {
        return servers.entrySet().stream()
                .filter(server -> server.getValue().standalone && server.getValue().whole)
                .filter(server -> server.getValue().missedSince.isEmpty())
                .map(Map.Entry::getKey)
                .findAny();
    }

    /** When the server first missed a poll that it has not made up for. */
    synchronized Optional<Instant> missedSince(String server) {
        return Optional.ofNullable(servers.get(server)).flatMap(state -> state.missedSince);
    }

    /** The server is of no interest any more. */
    synchronized void forget(String server) {
        servers.remove(server);
    }
}
