package ai.artcafe.tracker.reading;

import ai.artcafe.model.usage.Counters;

/** Rows as a server would show them. */
final class Rows {

    static final String SERVER = "NSERVER";

    private Rows() {}

    static ConnectionRow open(long cid, String account, String user, long messages) {
        return row(cid, account, user, messages, false, "");
    }

    static ConnectionRow closed(long cid, String account, String user, long messages) {
        return row(cid, account, user, messages, true, "Client Closed");
    }

    /** As a poll without identities shows it. */
    static ConnectionRow anonymous(long cid, long messages) {
        return row(cid, "", "", messages, false, "");
    }

    static ConnectionRow row(
            long cid, String account, String user, long messages, boolean closed, String reason) {
        return new ConnectionRow(
                cid,
                account,
                user,
                "2026-11-21T03:00:00.123456789Z",
                Counters.of(messages, messages * 10, 0, 0),
                closed,
                closed ? "2026-11-21T03:00:01Z" : "",
                reason);
    }
}
