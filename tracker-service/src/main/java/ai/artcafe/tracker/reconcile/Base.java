package ai.artcafe.tracker.reconcile;

import ai.artcafe.model.identity.Slot;
import ai.artcafe.model.usage.Traffic;
import java.time.Instant;
import java.util.Comparator;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * What the witnesses said when a window began. Where they could not be asked at one moment it is
 * from before the servers were asked: what the ledger is missing may then look too little later,
 * never too much.
 *
 * @param at when the servers were asked
 * @param slot the account that they were asked about
 * @param tap the session of the tap that was listening, empty when none was
 * @param seen what the taps themselves had counted
 * @param sessions by NATS server id, the session in which what it sent is comparable
 * @param servers by NATS server id
 * @param departed servers that were there before, and what was said of them last: should one come
 *     back, it goes on from there
 * @param gateways by gateway id, what is even between a gateway's link and its sockets
 */
record Base(
        Instant at,
        Slot slot,
        String tap,
        Traffic seen,
        Map<String, String> sessions,
        Map<String, Testimony> servers,
        Map<String, Departed> departed,
        Map<String, GatewayBalance> gateways) {

    /** How many servers that are gone are remembered. */
    static final int MEMORY = 16;

    /**
     * A server that is gone.
     *
     * @param since about when it went
     */
    record Departed(Instant since, Testimony last) {}

    private static final String AT = "at";
    private static final String SLOT = "slot";
    private static final String TAP = "tap";
    private static final String SEEN = "seen";
    private static final String SESSION = "s:";
    private static final String SERVER = "n:";
    private static final String DEPARTED = "x:";
    private static final String GATEWAY = "g:";

    Base {
        sessions = Map.copyOf(sessions);
        servers = Map.copyOf(servers);
        departed = Map.copyOf(departed);
        gateways = Map.copyOf(gateways);
    }

    /** From where a server is counted in this window. */
    Testimony of(String serverId) {
        Testimony said = servers.get(serverId);
        if (said != null) {
            return said;
        }
        Departed before = departed.get(serverId);
        return before == null ? Testimony.NONE : before.last();
    }

    /** The servers that will be gone when only those answer. */
    Map<String, Departed> departedWithout(Map<String, Testimony> present, Instant now) {
        Map<String, Departed> gone = new HashMap<>(departed);
        servers.forEach((id, said) -> gone.put(id, new Departed(now, said)));
        gone.keySet().removeAll(present.keySet());
        while (gone.size() > MEMORY) {
            gone.entrySet().stream()
                    .min(Comparator.comparing(entry -> entry.getValue().since()))
                    .ifPresent(oldest -> gone.remove(oldest.getKey()));
        }
        return gone;
    }

    Map<String, String> write() {
        Map<String, String> fields = new HashMap<>();
        fields.put(AT, Long.toString(at.toEpochMilli()));
        fields.put(SLOT, slot.account());
        fields.put(TAP, tap);
        fields.put(SEEN, Numbers.text(seen));
        sessions.forEach((id, session) -> fields.put(SESSION + id, session));
        servers.forEach((id, said) -> fields.put(SERVER + id, said.text()));
        departed.forEach((id, gone) ->
                fields.put(DEPARTED + id, gone.since().toEpochMilli() + " " + gone.last().text()));
        gateways.forEach((id, said) -> fields.put(GATEWAY + id, said.text()));
        return fields;
    }

    /** Empty when there is none, or none that is understood: then a new one is begun. */
    static Optional<Base> read(Map<String, String> fields) {
        Optional<Slot> slot = Slot.parse(fields.getOrDefault(SLOT, ""));
        Optional<Traffic> seen =
                Numbers.traffic(fields.getOrDefault(SEEN, ""), 1).map(one -> one.getFirst());
        if (slot.isEmpty() || seen.isEmpty() || !fields.containsKey(AT)) {
            return Optional.empty();
        }
        Map<String, String> sessions = new HashMap<>();
        Map<String, Testimony> servers = new HashMap<>();
        Map<String, Departed> departed = new HashMap<>();
        Map<String, GatewayBalance> gateways = new HashMap<>();
        fields.forEach((name, text) -> {
            if (name.startsWith(SESSION)) {
                sessions.put(name.substring(SESSION.length()), text);
            } else if (name.startsWith(SERVER)) {
                Testimony.parse(text)
                        .ifPresent(said -> servers.put(name.substring(SERVER.length()), said));
            } else if (name.startsWith(DEPARTED)) {
                int space = text.indexOf(' ');
                Testimony.parse(text.substring(space + 1))
                        .ifPresent(said ->
                                departed.put(
                                        name.substring(DEPARTED.length()),
                                        new Departed(
                                                Instant.ofEpochMilli(
                                                        Long.parseLong(text, 0, space, 10)),
                                                said)));
            } else if (name.startsWith(GATEWAY)) {
                GatewayBalance.parse(text)
                        .ifPresent(said -> gateways.put(name.substring(GATEWAY.length()), said));
            }
        });
        return Optional.of(
                new Base(
                        Instant.ofEpochMilli(Long.parseLong(fields.get(AT))),
                        slot.get(),
                        fields.getOrDefault(TAP, ""),
                        seen.get(),
                        sessions,
                        servers,
                        departed,
                        gateways));
    }
}
