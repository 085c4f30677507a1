package ai.artcafe.tracker.reconcile;

import ai.artcafe.tracker.reading.ServerAccounts;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;

/** Since when the sessions in which the servers answer have lasted. */
final class SessionLog {

    private record Session(String name, Instant since) {}

    private Map<String, Session> servers = Map.of();

    /** Takes in answers; since when all of those servers have been heard without a gap. */
    Instant heard(Map<String, ServerAccounts> answers, Instant now) {
        Map<String, Session> heard = new HashMap<>();
        Instant latest = Instant.EPOCH;
        for (var answer : answers.entrySet()) {
            String name = answer.getValue().session();
            Session before = servers.get(answer.getKey());
            Session session =
                    before != null && before.name.equals(name) ? before : new Session(name, now);
            heard.put(answer.getKey(), session);
            latest = session.since.isAfter(latest) ? session.since : latest;
        }
        servers = heard;
        return latest;
    }
}
