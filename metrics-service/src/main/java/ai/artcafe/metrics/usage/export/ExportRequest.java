package ai.artcafe.metrics.usage.export;

import ai.artcafe.metrics.answer.QueryTime;
import ai.artcafe.metrics.tier.Feature;
import ai.artcafe.metrics.tier.TierGate;
import ai.artcafe.metrics.usage.UsageRange;
import ai.artcafe.model.identity.TenantId;
import ai.artcafe.model.plan.Tier;
import ai.artcafe.model.problem.ErrorCode;
import ai.artcafe.model.problem.ProblemException;
import ai.artcafe.model.usage.Period;
import ai.artcafe.runtime.store.TenantRecord;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;

/**
 * Which file is asked for, and may be had.
 *
 * @param range the time that is asked for
 * @param zone whose days and months rows are about
 * @param byAgent whether each agent has its own rows
 * @param withOpen whether hours are wanted that are not settled
 * @param endGiven whether the client said where it ends
 */
record ExportRequest(
        TenantId tenant,
        UsageRange range,
        Granularity granularity,
        ExportFormat format,
        ZoneId zone,
        boolean byAgent,
        boolean withOpen,
        boolean endGiven) {

    /** The parameters as they came. */
    record Parameters(
            Optional<String> from,
            Optional<String> to,
            Optional<String> granularity,
            Optional<String> format,
            Optional<String> timeZone,
            Optional<String> by,
            Optional<String> open) {}

    /**
     * @throws ProblemException {@code invalid_request} with the {@code field}, or {@code
     *     tier_required}
     */
    static ExportRequest parse(Parameters asked, TenantRecord tenant, Instant now) {
        ZoneId zone = QueryTime.zone(asked.timeZone()).normalized();
        boolean byAgent = choice("by", asked.by(), "tenant", "agent");
        ExportRequest request =
                new ExportRequest(
                        tenant.tenantId(),
                        UsageRange.parse(
                                asked.from()
                                        .or(() ->
                                                Optional.of(Period.MONTHLY.start(now).toString())),
                                asked.to(),
                                zone,
                                now),
                        Granularity.of(asked.granularity().orElse("daily")),
                        ExportFormat.of(asked.format().orElse("csv")),
                        zone,
                        byAgent,
                        choice("open", asked.open(), "exclude", "include"),
                        asked.to().isPresent());
        if (byAgent) {
            TierGate.require(tenant.tier(), Feature.AGENT_USAGE);
            request.requireDays();
        }
        request.requireReach(tenant.tier(), now);
        return request;
    }

    /** Whether it is the second of the two; the first without any. */
    private static boolean choice(String field, Optional<String> asked, String no, String yes) {
        String chosen = asked.orElse(no);
        if (!chosen.equals(no) && !chosen.equals(yes)) {
            throw QueryTime.invalid(field, field + " must be " + no + " or " + yes + ".");
        }
        return chosen.equals(yes);
    }

    /** The usage of agents is kept by days of UTC. */
    private void requireDays() {
        if (granularity == Granularity.HOURLY) {
            throw QueryTime.invalid(
                    "granularity",
                    "The usage of agents is kept by days: granularity must be daily or monthly.");
        }
        requireMidnight("from", range.from());
        if (endGiven) {
            requireMidnight("to", range.to());
        }
    }

    private void requireMidnight(String field, Instant at) {
        if (!Period.DAILY.start(at).equals(at)) {
            throw QueryTime.invalid(
                    zone.equals(ZoneOffset.UTC) ? field : "time_zone",
                    "The usage of agents is kept by days of UTC: %s must be at midnight there."
                            .formatted(field));
        }
    }

    private void requireReach(Tier tier, Instant now) {
        if (!range.from().isBefore(earliest(tier, now))) {
            return;
        }
        Tier enough =
                Arrays.stream(Tier.values())
                        .filter(other -> !range.from().isBefore(earliest(other, now)))
                        .findFirst()
                        .orElseThrow(() ->
                                QueryTime.invalid(
                                        "from",
                                        "Hours are exported for %d days: from must not be before %s; days and months for %d months."
                                                .formatted(
                                                        Tier.ENTERPRISE.detailRetention().toDays(),
                                                        earliest(Tier.ENTERPRISE, now),
                                                        UsageRange.MONTHS_KEPT)));
        throw new ProblemException(
                ErrorCode.TIER_REQUIRED,
                "Your tier, %s, exports %s usage from %s on: more takes %s."
                        .formatted(tier.id(), granularity.id(), earliest(tier, now), enough.id()),
                Map.of("required_tier", enough.id(), "tier", tier.id()));
    }

    /** The current billing period is everyone's. */
    private Instant earliest(Tier tier, Instant now) {
        Instant period = periodStart(now);
        if (tier == Tier.BASIC) {
            return period;
        }
        Instant detail =
                granularity == Granularity.HOURLY
                        ? Period.HOURLY.start(now.minus(tier.detailRetention()))
                        : Instant.MIN;
        return detail.isBefore(period) ? detail : period;
    }

    /** In UTC or, where that begins earlier, in the zone. */
    private Instant periodStart(Instant now) {
        Instant utc = Period.MONTHLY.start(now);
        Instant local =
                LocalDate.ofInstant(now, zone).withDayOfMonth(1).atStartOfDay(zone).toInstant();
        return local.isBefore(utc) ? local : utc;
    }

    /** What a file of this is called. */
    String fileName() {
        return "usage-%s-%s-%s%s.%s"
                .formatted(
                        tenant,
                        LocalDate.ofInstant(range.from(), zone),
                        granularity.id(),
                        byAgent ? "-by-agent" : "",
                        format.id());
    }
}
