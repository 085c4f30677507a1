package ai.artcafe.metrics.openapi;

import static org.assertj.core.api.Assertions.assertThat;

import ai.artcafe.metrics.store.Slice;
import ai.artcafe.metrics.store.UsageOwner.OfAgent;
import ai.artcafe.metrics.store.UsageOwner.OfTenant;
import ai.artcafe.metrics.testing.Books;
import ai.artcafe.metrics.testing.FlowBooks;
import ai.artcafe.metrics.testing.SharedStores;
import ai.artcafe.metrics.testing.TestClock;
import ai.artcafe.metrics.testing.Visitor;
import ai.artcafe.model.identity.AgentId;
import ai.artcafe.model.identity.TenantId;
import ai.artcafe.model.plan.Plan;
import ai.artcafe.model.plan.Tier;
import ai.artcafe.model.usage.Period;
import ai.artcafe.model.usage.Traffic;
import ai.artcafe.runtime.testing.ApiOperation;
import ai.artcafe.runtime.testing.SchemaCheck;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.Response;
import jakarta.inject.Inject;
import java.io.IOException;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.assertj.core.api.SoftAssertions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** That what is answered is what the description says, to each tier. */
@QuarkusTest
@QuarkusTestResource(SharedStores.class)
class DescribedAnswersIT {

    private static final Map<Tier, TenantId> TENANTS = new EnumMap<>(Tier.class);
    private static final Map<Tier, Plan> PLANS =
            Map.of(
                    Tier.BASIC, Plan.FREE,
                    Tier.PROFESSIONAL, Plan.PROFESSIONAL,
                    Tier.ENTERPRISE, Plan.ENTERPRISE);
    private static final String EXAMPLE = "planner-1";
    private static final ObjectMapper JSON = new ObjectMapper();

    private final Visitor visitor = new Visitor(SharedStores.stack());

    @Inject Books books;
    @Inject FlowBooks flows;

    @BeforeEach
    void aTenantOfEachTierWithABusyAgent() {
        books.readThrough("n:SERVER", TestClock.NOW);
        PLANS.forEach((tier, plan) -> {
            TenantId tenant = new TenantId("described-" + tier.id());
            TENANTS.put(tier, tenant);
            books.tenant(tenant, plan);
            AgentId agent = new AgentId(EXAMPLE);
            books.agent(tenant, agent);
            books.open(tenant, agent, 1);
            for (Period period : List.of(Period.DAILY, Period.MONTHLY)) {
                Slice now = Slice.containing(period, TestClock.NOW);
                books.live(new OfTenant(tenant), now, Books.totals(7), 1);
                books.live(new OfAgent(tenant, agent), now, Books.totals(7), 1);
            }
            flows.told("described", TestClock.NOW);
            flows.second(tenant, "described", TestClock.NOW, new Traffic(3, 300));
            flows.minute(tenant, "described", TestClock.NOW, FlowBooks.flow(40, "tasks", 2.5));
            flows.published(tenant, TestClock.NOW, agent, new Traffic(40, 8_000));
        });
    }

    /**
     * And a tier that is too low gets 403 where the description says so, and nowhere else: there
     * {@code @TierGated} belongs.
     */
    @Test
    void everyAnswerIsAsItsDescriptionSays() {
        Set<String> refused = new TreeSet<>();
        Set<String> described = new TreeSet<>();
        SoftAssertions.assertSoftly(softly ->
                forEachQuestion((operation, tier, answer) -> {
                    String about = operation + " for " + tier;
                    if (operation.mayAnswer(403)) {
                        described.add(operation.toString());
                    }
                    if (answer.statusCode() == 200 && operation.answersJson()) {
                        softly.assertThat(faults(operation, answer)).as(about).isEmpty();
                    }
                    if (answer.statusCode() == 403) {
                        softly.assertThat(answer.asString()).as(about).contains("tier_required");
                        refused.add(operation.toString());
                    }
                }));
        assertThat(refused).as("what answers 403").isEqualTo(described);
    }

    private interface Question {
        void answered(ApiOperation operation, Tier tier, Response answer);
    }

    /** Without parameters, with each by itself in each of its values, and with all examples. */
    private void forEachQuestion(Question question) {
        for (ApiOperation operation : ApiOperation.all()) {
            if (!operation.method().equals("GET") || operation.streams()) {
                continue;
            }
            List<String> targets = new ArrayList<>(List.of(operation.path()));
            for (String name : operation.parameters().keySet()) {
                operation.values(name).forEach(value -> targets.add(operation.with(name, value)));
            }
            targets.add(operation.withExamples());
            TENANTS.forEach((tier, tenant) ->
                    targets.forEach(target ->
                            question.answered(
                                    operation,
                                    tier,
                                    visitor.of(tenant).urlEncodingEnabled(false).get(target))));
        }
    }

    private static List<String> faults(ApiOperation operation, Response answer) {
        try {
            return SchemaCheck.faults(
                    operation.document(),
                    operation.success().at("/content/application~1json/schema"),
                    JSON.readTree(answer.asByteArray()));
        } catch (IOException e) {
            return List.of(operation + " is not JSON: " + e.getMessage());
        }
    }
}
