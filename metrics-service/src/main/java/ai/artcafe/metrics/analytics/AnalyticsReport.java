package ai.artcafe.metrics.analytics;

import ai.artcafe.metrics.answer.LastAnswers;
import ai.artcafe.metrics.answer.Question;
import ai.artcafe.metrics.store.LiveUsage;
import ai.artcafe.model.problem.ProblemException;
import ai.artcafe.runtime.store.StoreAwayException;
import ai.artcafe.runtime.store.TenantRecord;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.time.Instant;

/** Tells a tenant what it did in a time. */
@ApplicationScoped
public class AnalyticsReport {

    private final LiveUsage usage;
    private final TenantPast tenants;
    private final ClientPast clients;
    private final ChannelPast channels;
    private final LastAnswers answers;
    private final Clock clock;

    AnalyticsReport(
            LiveUsage usage,
            TenantPast tenants,
            ClientPast clients,
            ChannelPast channels,
            LastAnswers answers,
            Clock clock) {
        this.usage = usage;
        this.tenants = tenants;
        this.clients = clients;
        this.channels = channels;
        this.answers = answers;
        this.clock = clock;
    }

    /**
     * A fresh answer, or the last one to the same question while a store is away.
     *
     * @throws ProblemException {@code tier_required}, {@code invalid_request}, or {@code not_found}
     *     when the agent is not the tenant's
     * @throws StoreAwayException when a store is away and there is no last answer
     */
    public AnalyticsAnswer answer(TenantRecord tenant, AnalyticsRequest request) {
        AnalyticsQuery query = AnalyticsQuery.parse(request, tenant.tier(), clock.instant());
        Object time = request.from().isPresent() ? query.range() : request.period().orElse("");
        return answers.answer(
                new Question(
                        tenant.tenantId(),
                        tenant.tier(),
                        "analytics %s %s %s".formatted(time, query.zone(), query.about())),
                AnalyticsAnswer.class,
                () -> read(tenant, query));
    }

    /** How far the ledger is, is always read first: what it says is then at least as far. */
    private AnalyticsAnswer read(TenantRecord tenant, AnalyticsQuery query) {
        Instant now = clock.instant();
        var head =
                new AnalyticsAnswer.Head(
                        tenant.tenantId(), tenant.tier(), usage.freshness(), query);
        return switch (query.about()) {
            case AnalyticsQuery.Everything _ -> tenants.read(head, now);
            case AnalyticsQuery.OneClient client -> clients.read(head, client.agent(), now);
            case AnalyticsQuery.OneChannel channel -> channels.read(head, channel.channel(), now);
        };
    }
}
