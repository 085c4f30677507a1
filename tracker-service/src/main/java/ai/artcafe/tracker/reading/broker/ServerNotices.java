package ai.artcafe.tracker.reading.broker;

import ai.artcafe.model.identity.Slot;
import ai.artcafe.model.usage.Traffic;
import ai.artcafe.tracker.reading.ConnectionRow;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What NATS servers themselves have put into slots' accounts: when a login fails over a connection
 * that was logged in before, some servers (2.10) tell its account, and the tap takes it for a
 * message. Every such notice has a twin for the system's account, which differs in the length of
 * its times only.
 *
 * <p>Thread-safe.
 */
final class ServerNotices {

    /** The times that differ; the server leaves out the zeros that they end in. */
    private static final Pattern TIME = Pattern.compile("\"(?:timestamp|time|stop)\":\"([^\"]*)\"");

    private static final int LONGEST_TIME = "2026-11-21T07:04:17.218778108Z".length();

    private record Account(String server, Slot slot) {}

    private final Map<Account, Traffic> notices = new HashMap<>(); // guarded by this

    /**
     * Counts a notice by its twin.
     *
     * @param row the connection
     */
    void add(String server, ConnectionRow row, byte[] twin) {
        Slot.parse(row.account()).ifPresent(slot -> add(new Account(server, slot), twin));
    }

    private synchronized void add(Account account, byte[] twin) {
        notices.merge(account, new Traffic(1, longest(twin)), Traffic::plus);
    }

    private static long longest(byte[] twin) {
        long size = twin.length;
        Matcher times = TIME.matcher(new String(twin, StandardCharsets.UTF_8));
        while (times.find()) {
            size += Math.max(0, LONGEST_TIME - times.group(1).length());
        }
        return size;
    }

    /** How many there were in a slot, and how many bytes they had at most. */
    synchronized Traffic in(String server, Slot slot) {
        return notices.getOrDefault(new Account(server, slot), Traffic.NONE);
    }

    /** The server is gone. */
    synchronized void forget(String server) {
        notices.keySet().removeIf(account -> account.server().equals(server));
    }
}
