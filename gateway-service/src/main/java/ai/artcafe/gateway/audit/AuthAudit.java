package ai.artcafe.gateway.audit;

import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jboss.logging.Logger;

/**
 * One line for each attempt to come in, in the log category {@code ai.artcafe.audit}: refused ones
 * at INFO, accepted ones at DEBUG. Of each kind no more than some a second are written; the next
 * line says how many were not. No secret is in it. Thread-safe.
 */
@ApplicationScoped
public class AuthAudit {

    private static final Logger LOG = Logger.getLogger("ai.artcafe.audit");

    private static final int LINES_A_SECOND = 10;

    private final Clock clock;
    private final Map<Kind, Lines> kinds = new ConcurrentHashMap<>();

    /** Where somebody came. */
    public enum Door {
        WEBSOCKET("websocket"),
        NATS("nats"),
        DASHBOARD("dashboard"),
        REST("rest");

        private final String id;

        Door(String id) {
            this.id = id;
        }

        /** As it is in logs and meters. */
        public String id() {
            return id;
        }
    }

    private record Kind(Door door, String outcome) {}

    /** How many lines of a kind there were in a second. */
    private static final class Lines {
        private long second; // guarded by this
        private int written; // guarded by this
        private long unwritten; // guarded by this

        /** Returns how many were left out before this one, or -1 when it is left out itself. */
        synchronized long next(long now) {
            if (now != second) {
                second = now;
                written = 0;
            }
            if (written >= LINES_A_SECOND) {
                unwritten++;
                return -1;
            }
            written++;
            long before = unwritten;
            unwritten = 0;
            return before;
        }
    }

    AuthAudit(Clock clock) {
        this.clock = clock;
    }

    /**
     * @param outcome an error's code or the reason of a refusal, one of a few
     * @param claimed who it said to be, checked for its form: a tenant and agent, a public key, or
     *     the beginning of a token's digest
     * @param address where from
     */
    public void refused(Door door, String outcome, String claimed, String address) {
        long leftOut =
                kinds.computeIfAbsent(new Kind(door, outcome), _ -> new Lines())
                        .next(clock.millis() / 1000);
        if (leftOut >= 0) {
            LOG.infof(
                    "attempt refused door=%s outcome=%s claimed=%s address=%s left_out=%d",
                    door.id, outcome, claimed, address, leftOut);
        }
    }

    /** The same of one that was let in. */
    public void accepted(Door door, String claimed, String address) {
        LOG.debugf("attempt accepted door=%s claimed=%s address=%s", door.id, claimed, address);
    }
}
