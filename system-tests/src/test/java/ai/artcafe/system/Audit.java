package ai.artcafe.system;

import static org.assertj.core.api.Assertions.assertThat;

import ai.artcafe.model.identity.TenantId;
import ai.artcafe.model.usage.Period;
import ai.artcafe.model.usage.Traffic;
import ai.artcafe.model.usage.UsageTotals;
import ai.artcafe.system.client.Api;
import ai.artcafe.system.client.UsageView;
import ai.artcafe.system.load.AccountedLoad;
import ai.artcafe.system.load.Truth;
import ai.artcafe.system.platform.Platform;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.awaitility.Awaitility;
import org.awaitility.core.ConditionFactory;

/**
 * Holds what the platform says against what a load that rests knows. Whoever fails here finds the
 * seed of the load in the message.
 */
final class Audit implements AutoCloseable {

    /** What may differ. */
    enum Tolerance {
        /** Nothing. */
        NONE,

        /**
         * Where the tap was away, control messages of the NATS door stay published; and a
         * connection that was let in too late to know it is counted as one. Messages and bytes
         * together are exact.
         */
        AFTER_FAULTS
    }

    private final AccountedLoad load;
    private final Api api;
    private final BillingRecords records;
    private final LiveTotals live;

    private Audit(AccountedLoad load, Api api, BillingRecords records, LiveTotals live) {
        this.load = load;
        this.api = api;
        this.records = records;
        this.live = live;
    }

    static Audit of(AccountedLoad load, Platform platform, Api api) {
        return new Audit(
                load,
                api,
                BillingRecords.of(platform.stack()),
                new LiveTotals(platform.stack().redisUrl()));
    }

    /**
     * Has the load rest, waits for the usage API to know all of it, and has the load go on. An
     * answer that claims to be complete through the rest must be exact.
     */
    void usageIsExact(Tolerance tolerance) {
        load.rest();
        try {
            expectUsage(tolerance);
        } finally {
            load.resume();
        }
    }

    /** The same for the usage API, the records in DynamoDB and the sum over all tenants. */
    void everythingIsExact(Tolerance tolerance) {
        load.rest();
        try {
            expectUsage(tolerance);
            expectRecords(tolerance);
            expectGlobalSum();
        } finally {
            load.resume();
        }
    }

    private void expectUsage(Tolerance tolerance) {
        Instant rested = Instant.now();
        Truth truth = load.truth();
        assertThat(load.doubts()).as("doubts about the load itself").isEmpty();
        List<String> falseClaims = new ArrayList<>();
        await("usage API")
                .untilAsserted(() -> {
                    List<String> differences = new ArrayList<>();
                    truth.usage()
                            .forEach((tenant, agents) -> {
                                UsageView usage = usage(tenant);
                                List<String> found = differences(tenant, usage, truth, tolerance);
                                differences.addAll(found);
                                if (usage.completeThrough().filter(rested::isBefore).isPresent()) {
                                    falseClaims.addAll(
                                            differences(
                                                    tenant, usage, truth, Tolerance.AFTER_FAULTS));
                                }
                            });
                    assertThat(differences).as(about("usage API", truth)).isEmpty();
                });
        assertThat(falseClaims).as(about("answers complete through " + rested, truth)).isEmpty();
    }

    private UsageView usage(TenantId tenant) {
        LocalDate tomorrow = LocalDate.now(ZoneOffset.UTC).plusDays(1);
        LocalDate began = LocalDate.ofInstant(load.began(), ZoneOffset.UTC);
        return UsageView.of(api.usage(tenant, began, tomorrow));
    }

    private static List<String> differences(
            TenantId tenant, UsageView usage, Truth truth, Tolerance tolerance) {
        List<String> differences = new ArrayList<>();
        Map<String, UsageTotals> seen = new HashMap<>();
        usage.agents().forEach(agent -> seen.put(agent.agentId(), agent.totals()));
        UsageTotals sum =
                new UsageTotals(
                        usage.published(),
                        usage.delivered(),
                        usage.control(),
                        seen.values().stream().mapToLong(UsageTotals::connections).sum());
        compare("tenant " + tenant, sum, truth.of(tenant), tolerance, differences);
        truth.usage()
                .get(tenant)
                .forEach((agent, said) ->
                        compare(
                                "agent " + agent,
                                seen.getOrDefault(agent.value(), UsageTotals.NONE),
                                said,
                                tolerance,
                                differences));
        return differences;
    }

    private void expectRecords(Tolerance tolerance) {
        Truth truth = load.truth();
        await("records")
                .untilAsserted(() -> {
                    List<String> differences = new ArrayList<>();
                    truth.usage()
                            .forEach((tenant, agents) -> {
                                for (Period period : Period.values()) {
                                    compare(
                                            tenant + " " + period,
                                            records.sum(tenant, period),
                                            truth.of(tenant),
                                            tolerance,
                                            differences);
                                }
                                agents.forEach((agent, said) -> {
                                    for (Period period : List.of(Period.DAILY, Period.MONTHLY)) {
                                        compare(
                                                agent + " " + period,
                                                records.sum(agent, period),
                                                said,
                                                tolerance,
                                                differences);
                                    }
                                    // a session's counters are the door's: NATS does not tell
                                    // control apart
                                    compare(
                                            agent + " sessions",
                                            withoutControl(records.sumOfSessions(agent)),
                                            withoutControl(said),
                                            tolerance,
                                            differences);
                                });
                            });
                    assertThat(differences).as(about("records in DynamoDB", truth)).isEmpty();
                });
    }

    private void expectGlobalSum() {
        await("sum over all tenants")
                .untilAsserted(() -> assertThat(live.global()).isEqualTo(live.sumOfTenants()));
    }

    private static void compare(
            String what,
            UsageTotals seen,
            UsageTotals said,
            Tolerance tolerance,
            List<String> differences) {
        boolean same =
                switch (tolerance) {
                    case NONE -> seen.equals(said);
                    case AFTER_FAULTS ->
                            total(seen).equals(total(said))
                                    && seen.delivered().equals(said.delivered())
                                    && seen.control().messages() <= said.control().messages();
                };
        if (!same) {
            differences.add("\n  %s\n    counted %s\n    carried %s".formatted(what, seen, said));
        }
    }

    private static Traffic total(UsageTotals usage) {
        return usage.published().plus(usage.control());
    }

    private static UsageTotals withoutControl(UsageTotals usage) {
        return new UsageTotals(total(usage), usage.delivered(), Traffic.NONE, usage.connections());
    }

    private String about(String what, Truth truth) {
        return what
                + " against the load's own account, seed "
                + truth.seed()
                + ", in all "
                + truth.all();
    }

    private static ConditionFactory await(String what) {
        return Awaitility.await(what)
                .atMost(Duration.ofSeconds(120))
                .pollInterval(Duration.ofMillis(250));
    }

    @Override
    public void close() {
        live.close();
        records.dynamoDb().close();
    }
}
