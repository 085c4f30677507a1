package ai.artcafe.tracker.reading.broker;

import ai.artcafe.model.identity.Slot;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;

/**
 * Tells which accounts' connections a server has to list: those where something has changed. A
 * server adds to a connection's counters first and to its account's right after, so an account
 * whose counters have not moved has no connection whose counters have. What the account's counters
 * leave out (messages in one buffer with the login) comes with an event of the connection.
 *
 * <p>An account is listed once more after it has come to rest, and all are listed at every so
 * manieth poll, whatever the counters say.
 *
 * <p>Thread-safe.
 */
final class ChangedAccounts {

    /** How many connections more a server can list in the time that one more request costs it. */
    private static final long REQUEST_COST = 64;

    /** How many lists of an account there are after something has happened there. */
    private static final int AFTERMATH = 2;

    /** What a server has to list. */
    sealed interface Due {

        /** All connections. */
        record All() implements Due {}

        /** The connections of these accounts; of none, when nothing has changed. */
        record Of(Set<Slot> slots) implements Due {}
    }

    private static final class Known {
        private final Map<Slot, AccountMessages.Counted> counted = new HashMap<>();
        private final Map<Slot, Integer> aftermath = new HashMap<>();
        private int pollsSinceAll;
    }

    private final int listAllEvery;
    private final Map<String, Known> servers = new HashMap<>(); // guarded by this

    /**
     * @param listAllEvery at every so manieth poll all connections are listed
     */
    ChangedAccounts(int listAllEvery) {
        this.listAllEvery = listAllEvery;
    }

    /** Something has happened in that account, which its counters may not show. */
    synchronized void touched(String server, String account) {
        Known known = servers.get(server);
        if (known != null) {
            Slot.parse(account).ifPresent(slot -> known.aftermath.put(slot, AFTERMATH));
        }
    }

    /** What a server must list, after what it now says of its accounts. */
    synchronized Due due(AccountMessages.Answer answer) {
        Known known = servers.computeIfAbsent(answer.server().id(), _ -> new Known());
        answer.slots()
                .forEach((slot, counted) -> {
                    if (!counted.equals(known.counted.put(slot, counted))) {
                        known.aftermath.put(slot, AFTERMATH);
                    }
                });
        Set<Slot> due = Set.copyOf(known.aftermath.keySet());
        known.pollsSinceAll++;
        if (known.pollsSinceAll >= listAllEvery || isCheaperWhole(due, answer)) {
            known.pollsSinceAll = 0;
            return new Due.All();
        }
        return new Due.Of(due);
    }

    /** What was due of these accounts, or all of them, has been listed. */
    synchronized void listed(String server, Due due) {
        Known known = servers.get(server);
        if (known != null) {
            Set<Slot> slots =
                    switch (due) {
                        case Due.All _ -> Set.copyOf(known.aftermath.keySet());
                        case Due.Of(var some) -> some;
                    };
            slots.forEach(slot ->
                    known.aftermath.computeIfPresent(
                            slot, (_, left) -> left > 1 ? left - 1 : null));
        }
    }

    private static boolean isCheaperWhole(Set<Slot> due, AccountMessages.Answer answer) {
        long cost = due.size() * REQUEST_COST;
        for (Slot slot : due) {
            AccountMessages.Counted counted = answer.slots().get(slot);
            cost += counted == null ? 0 : counted.connections();
        }
        return cost > answer.connections() + REQUEST_COST;
    }

    /** The server is gone. */
    synchronized void forget(String server) {
        servers.remove(server);
    }
}
