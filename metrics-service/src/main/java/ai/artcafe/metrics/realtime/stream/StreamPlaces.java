package ai.artcafe.metrics.realtime.stream;

import ai.artcafe.model.identity.TenantId;
import ai.artcafe.model.problem.ErrorCode;
import ai.artcafe.model.problem.ProblemException;
import ai.artcafe.runtime.access.TenantAccess;
import java.util.HashMap;
import java.util.Map;

/** How many streams are open, and whether there may be one more. Thread-safe: guarded by itself. */
final class StreamPlaces {

    private static final String RETRY_AFTER_SECONDS = "5";

    private final StreamConfig config;
    private final Map<String, Integer> byUser = new HashMap<>();
    private final Map<TenantId, Integer> byTenant = new HashMap<>();
    private int taken;

    StreamPlaces(StreamConfig config) {
        this.config = config;
    }

    /**
     * Takes a place, which has to be given back.
     *
     * @throws ProblemException {@code limit_exceeded} when there is none
     */
    synchronized void take(TenantAccess who) {
        int ofUser = byUser.getOrDefault(who.user().id(), 0);
        int ofTenant = byTenant.getOrDefault(who.tenant(), 0);
        if (ofUser >= config.perUser()) {
            throw full("You have " + ofUser + " streams open here: close one first.");
        }
        if (ofTenant >= config.perTenant()) {
            throw full("The tenant has " + ofTenant + " streams open here, which is the most.");
        }
        if (taken >= config.total()) {
            throw full("This server has as many streams open as it may.");
        }
        byUser.put(who.user().id(), ofUser + 1);
        byTenant.put(who.tenant(), ofTenant + 1);
        taken++;
    }

    synchronized void giveBack(TenantAccess who) {
        byUser.computeIfPresent(who.user().id(), (_, open) -> open > 1 ? open - 1 : null);
        byTenant.computeIfPresent(who.tenant(), (_, open) -> open > 1 ? open - 1 : null);
        taken--;
    }

    synchronized int taken() {
        return taken;
    }

    private static ProblemException full(String detail) {
        return new ProblemException(
                ErrorCode.LIMIT_EXCEEDED, detail, Map.of("retry_after", RETRY_AFTER_SECONDS));
    }
}
