package ai.artcafe.metrics.usage;

import ai.artcafe.metrics.forecast.Forecasts;
import ai.artcafe.metrics.store.Booked;
import ai.artcafe.metrics.store.Freshness;
import ai.artcafe.metrics.store.LiveUsage;
import ai.artcafe.metrics.store.Slice;
import ai.artcafe.metrics.store.UsageOwner.OfTenant;
import ai.artcafe.metrics.tier.Feature;
import ai.artcafe.model.forecast.Forecast;
import ai.artcafe.model.identity.AgentId;
import ai.artcafe.model.identity.TenantId;
import ai.artcafe.model.problem.ErrorCode;
import ai.artcafe.model.usage.Period;
import ai.artcafe.runtime.store.TenantRecord;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** Reads usage afresh. How far the ledger is, is always read first: the totals are then as far. */
@ApplicationScoped
class UsageReport {

    private final LiveUsage live;
    private final Ledger ledger;
    private final AgentLedger agentLedger;
    private final Forecasts forecasts;
    private final BillingConfig billing;
    private final Clock clock;

    UsageReport(
            LiveUsage live,
            Ledger ledger,
            AgentLedger agentLedger,
            Forecasts forecasts,
            BillingConfig billing,
            Clock clock) {
        this.live = live;
        this.ledger = ledger;
        this.agentLedger = agentLedger;
        this.forecasts = forecasts;
        this.billing = billing;
        this.clock = clock;
    }

    UsageAnswer ofTenant(TenantRecord tenant, UsageRange range) {
        Instant now = clock.instant();
        Freshness freshness = live.freshness();
        TenantId id = tenant.tenantId();
        List<Slice> slices = range.slices(now);
        Booked booked = ledger.sum(new OfTenant(id), slices, now);
        UsageAnswer answer =
                UsageAnswer.of(tenant, Optional.empty(), freshness, period(range, now), booked);
        return Feature.AGENT_USAGE.isIn(tenant.tier())
                ? answer.with(agentLedger.each(id, slices, now))
                : answer;
    }

    UsageAnswer ofAgent(TenantRecord tenant, AgentId agent, UsageRange range) {
        Instant now = clock.instant();
        Freshness freshness = live.freshness();
        if (!agentLedger.isOf(tenant.tenantId(), agent)) {
            throw ErrorCode.NOT_FOUND.because("There is no such agent.");
        }
        Booked booked = agentLedger.sum(tenant.tenantId(), agent, range.slices(now), now);
        return UsageAnswer.of(tenant, Optional.of(agent), freshness, period(range, now), booked);
    }

    UsageAnswer ofBillingPeriod(TenantRecord tenant) {
        Instant now = clock.instant();
        UsageAnswer month = ofTenant(tenant, UsageRange.current(Period.MONTHLY, now));
        return withOutlook(tenant, month, publishedToday(tenant.tenantId(), now), now);
    }

    /** Today and the billing period, without channels. */
    UsageMetrics ofNow(TenantRecord tenant) {
        Instant now = clock.instant();
        UsageAnswer today = ofTenant(tenant, UsageRange.current(Period.DAILY, now));
        UsageAnswer month = ofTenant(tenant, UsageRange.current(Period.MONTHLY, now));
        return UsageMetrics.of(
                today, withOutlook(tenant, month, today.published().messages(), now));
    }

    private UsageAnswer withOutlook(
            TenantRecord tenant, UsageAnswer month, long publishedToday, Instant now) {
        Optional<Forecast> forecast =
                Feature.FORECAST.isIn(tenant.tier())
                        ? forecasts.of(tenant.tenantId())
                        : Optional.empty();
        return month.with(
                Quota.of(
                        tenant,
                        publishedToday,
                        forecast.flatMap(made -> ProjectedUsage.ofDay(made, publishedToday, now)),
                        now),
                forecast.flatMap(
                        made -> ProjectedUsage.ofMonth(made, month.published().messages(), now)));
    }

    private long publishedToday(TenantId tenant, Instant now) {
        Slice today = Slice.containing(Period.DAILY, now);
        return ledger.sum(new OfTenant(tenant), List.of(today), now)
                .totals()
                .published()
                .messages();
    }

    private UsagePeriod period(UsageRange range, Instant now) {
        return UsagePeriod.of(range, now, billing.grace());
    }
}
