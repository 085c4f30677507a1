package ai.artcafe.gateway.request;

import ai.artcafe.model.identity.TenantId;
import ai.artcafe.model.problem.ErrorCode;
import ai.artcafe.model.problem.ProblemException;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** How many requests of each tenant wait for a reply here. Thread-safe. */
@ApplicationScoped
class OpenRequests {

    private final int limit;
    private final Map<TenantId, Integer> open = new ConcurrentHashMap<>();

    OpenRequests(RequestConfig config) {
        this.limit = config.openPerTenant();
    }

    /**
     * One more, to be {@linkplain #end ended}.
     *
     * @throws ProblemException {@code limit_exceeded}
     */
    void begin(TenantId tenant) {
        if (open.merge(tenant, 1, Integer::sum) > limit) {
            end(tenant);
            throw new ProblemException(
                    ErrorCode.LIMIT_EXCEEDED,
                    "no more than " + limit + " requests may be open",
                    Map.of("retry_after", "1"));
        }
    }

    void end(TenantId tenant) {
        open.computeIfPresent(tenant, (_, count) -> count > 1 ? count - 1 : null);
    }
}
