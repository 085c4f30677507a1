package ai.artcafe.metrics.limit;

import ai.artcafe.model.identity.TenantId;
import ai.artcafe.model.problem.ErrorCode;
import ai.artcafe.model.problem.ProblemException;
import ai.artcafe.runtime.access.TenantAccess;
import jakarta.enterprise.context.RequestScoped;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * What the request at hand has taken of the limits. However often it asks, it pays once: its user,
 * or its address without one, and once it is known that the user may read it, the tenant. Not
 * thread-safe: one thread serves a request.
 */
@RequestScoped
public class RequestAllowance {

    private final RateLimits limits;
    private final List<Take> takes = new ArrayList<>(2);
    private int cost = 1;

    RequestAllowance(RateLimits limits) {
        this.limits = limits;
    }

    /** Has what is taken from now on cost so much; at least one unit. */
    public void costs(int units) {
        cost = Math.max(1, units);
    }

    /**
     * Takes the request off what the user and the tenant may ask.
     *
     * @throws ProblemException {@code rate_limited} with {@code retry_after}, in seconds
     */
    public void take(TenantAccess access) {
        takeForUser(access.user().id());
        takeForTenant(access.tenant());
    }

    void takeForUser(String subject) {
        take(new Caller.User(subject));
    }

    void takeForAddress(String network) {
        take(new Caller.Address(network));
    }

    private void takeForTenant(TenantId tenant) {
        take(new Caller.Tenant(tenant));
    }

    private void take(Caller caller) {
        if (!limits.enabled() || hasTaken(caller)) {
            return;
        }
        Take take = limits.take(caller, cost);
        if (!take.granted()) {
            takes.stream().filter(Take::granted).forEach(this::giveBack);
        }
        takes.add(take);
        if (!take.granted()) {
            throw refused(take);
        }
    }

    private boolean hasTaken(Caller caller) {
        return takes.stream().anyMatch(take -> take.caller().equals(caller));
    }

    private void giveBack(Take take) {
        limits.giveBack(take.caller(), cost);
    }

    private static ProblemException refused(Take take) {
        String kind = take.caller().kind();
        return new ProblemException(
                ErrorCode.RATE_LIMITED,
                "More requests of this " + kind + " than are answered.",
                Map.of("limit", kind, "retry_after", Long.toString(seconds(take.retryAfter()))));
    }

    /** What has been taken, for the answer's headers. */
    List<Take> takes() {
        return takes;
    }

    /** In whole seconds, none too few. */
    static long seconds(Duration duration) {
        return duration.plusSeconds(1).minusNanos(1).toSeconds();
    }
}
