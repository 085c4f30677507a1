package ai.artcafe.gateway.dashboard;

import ai.artcafe.model.identity.TenantId;
import ai.artcafe.model.problem.ErrorCode;
import ai.artcafe.model.problem.ProblemException;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.HashMap;
import java.util.Map;

/** How many sockets users and tenants have here, of those that they may have. Thread-safe. */
@ApplicationScoped
class Places {

    private static final String SOON = "10";

    private final DashboardConfig config;
    private final Map<String, Integer> users = new HashMap<>(); // guarded by this
    private final Map<TenantId, Integer> tenants = new HashMap<>(); // guarded by this
    private int all; // guarded by this

    Places(DashboardConfig config) {
        this.config = config;
    }

    /**
     * Takes a place, to be given back.
     *
     * @throws ProblemException {@code limit_exceeded} when all are taken
     */
    synchronized void take(String user, TenantId tenant) {
        if (users.getOrDefault(user, 0) >= config.socketsPerUser()) {
            throw full("You have as many dashboards open as one may.");
        }
        if (tenants.getOrDefault(tenant, 0) >= config.socketsPerTenant()) {
            throw full("The tenant has as many dashboards open as it may.");
        }
        if (all >= config.sockets()) {
            throw full("As many dashboards are open here as may be.");
        }
        users.merge(user, 1, Integer::sum);
        tenants.merge(tenant, 1, Integer::sum);
        all++;
    }

    synchronized void giveBack(String user, TenantId tenant) {
        users.computeIfPresent(user, (_, open) -> open > 1 ? open - 1 : null);
        tenants.computeIfPresent(tenant, (_, open) -> open > 1 ? open - 1 : null);
        all--;
    }

    private static ProblemException full(String detail) {
        return new ProblemException(ErrorCode.LIMIT_EXCEEDED, detail, Map.of("retry_after", SOON));
    }
}
