package ai.artcafe.metrics.health;

import ai.artcafe.metrics.health.Issue.Code;
import ai.artcafe.metrics.health.Issue.Severity;
import ai.artcafe.model.plan.PlanLimits;
import ai.artcafe.runtime.store.TenantRecord;
import java.util.List;

/** What of the day's quota is used up. */
final class QuotaIssues {

    private static final double NEAR = 0.8;

    private QuotaIssues() {}

    /** Used up is critical only where nothing more may be published then. */
    static List<Issue> of(TenantRecord tenant, long publishedToday) {
        long quota = tenant.limits().messagesPerDay();
        if (quota == PlanLimits.UNLIMITED || publishedToday < quota * NEAR) {
            return List.of();
        }
        String detail = "%d of today's %d messages are published.".formatted(publishedToday, quota);
        return List.of(
                publishedToday >= quota
                        ? Issue.of(
                                Code.QUOTA_EXHAUSTED,
                                tenant.allowsOverage() ? Severity.WARNING : Severity.CRITICAL,
                                detail)
                        : Issue.of(Code.QUOTA_NEAR, Severity.WARNING, detail));
    }
}
