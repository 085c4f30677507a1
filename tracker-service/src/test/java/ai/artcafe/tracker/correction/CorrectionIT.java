package ai.artcafe.tracker.correction;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasKey;
import static org.hamcrest.Matchers.not;

import ai.artcafe.model.access.Role;
import ai.artcafe.model.identity.AgentId;
import ai.artcafe.model.identity.Slot;
import ai.artcafe.model.identity.TenantId;
import ai.artcafe.model.key.AgentKeys;
import ai.artcafe.model.key.RedisKeys;
import ai.artcafe.model.key.Table;
import ai.artcafe.model.key.UsageKeys;
import ai.artcafe.model.plan.Plan;
import ai.artcafe.model.usage.Adjustment;
import ai.artcafe.model.usage.Period;
import ai.artcafe.model.usage.Traffic;
import ai.artcafe.runtime.page.Cursor;
import ai.artcafe.runtime.store.Item;
import ai.artcafe.runtime.store.TenantRecord;
import ai.artcafe.stack.Backing;
import ai.artcafe.stack.LocalStack;
import ai.artcafe.stack.TokenRequest;
import ai.artcafe.tracker.TestStores;
import ai.artcafe.tracker.TrackerStack;
import ai.artcafe.tracker.correction.store.CorrectionStore;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.ValidatableResponse;
import io.restassured.specification.RequestSpecification;
import jakarta.inject.Inject;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/** Corrections through the service as it is deployed. */
@QuarkusTest
@QuarkusTestResource(TrackerStack.class)
class CorrectionIT {

    private final LocalStack stack =
            LocalStack.shared(Backing.NATS, Backing.REDIS, Backing.DYNAMODB);
    private final TestStores stores = new TestStores(stack, Map.of());
    private final TenantId tenant = new TenantId("t-" + UUID.randomUUID());
    private final AgentId agent = new AgentId("a-" + UUID.randomUUID());

    @Inject DynamoDbClient dynamoDb;
    @Inject ObjectMapper json;

    @BeforeEach
    void a_tenant_with_an_agent() {
        stores.redis().awaitRestored();
        TenantRecord known =
                new TenantRecord(tenant, "Acme", Plan.FREE, Slot.number(1), Instant.now());
        dynamoDb.putItem(put -> put.tableName(Table.TENANTS.tableName()).item(known.toItem()));
        dynamoDb.putItem(put ->
                put.tableName(Table.AGENTS.tableName())
                        .item(
                                Item.key(
                                        Table.AGENTS,
                                        AgentKeys.tenant(tenant),
                                        AgentKeys.agent(agent))));
    }

    @AfterEach
    void close() {
        stores.close();
    }

    @Test
    void a_correction_is_booked_once_another_operator_has_signed_it_off() {
        propose("ada", correction("first", 50, 5_000))
                .statusCode(201)
                .header("Location", containsString("/corrections/first"))
                .body("state", equalTo("proposed"))
                .body("proposed_by", equalTo("ada"))
                .body("", not(hasKey("decided_by")));
        assertThat(stores.redis().totals(tenant).published()).isEqualTo(Traffic.NONE);

        act("bob", "first", "sign-off")
                .statusCode(200)
                .body("state", equalTo("booked"))
                .body("decided_by", equalTo("bob"))
                .body("adjustment_id", equalTo("c:first/50/5000"));

        assertThat(stores.redis().totals(tenant).published()).isEqualTo(new Traffic(50, 5_000));
        assertThat(stores.redis().totals(tenant, agent).published())
                .isEqualTo(new Traffic(50, 5_000));
        Adjustment booked = adjustment("c:first/50/5000");
        assertThat(booked.reason()).isEqualTo(Adjustment.Reason.CORRECTION);
        assertThat(booked.period()).isEmpty();
        assertThat(booked.evidence())
                .containsEntry("proposed_by", "ada")
                .containsEntry("signed_by", "bob")
                .containsEntry("reason", "counted by hand");
    }

    @Test
    void whatever_is_repeated_is_booked_once() {
        propose("ada", correction("again", 7, 70)).statusCode(201);
        propose("ada", correction("again", 7, 70)).statusCode(201);
        propose("ada", correction("again", 8, 80)).statusCode(409);
        act("bob", "again", "sign-off").statusCode(200);
        act("carol", "again", "sign-off")
                .statusCode(200)
                .body("decided_by", equalTo("bob"))
                .body("state", equalTo("booked"));

        assertThat(stores.redis().totals(tenant).published()).isEqualTo(new Traffic(7, 70));
    }

    @Test
    void a_crash_between_booking_and_marking_is_made_good_by_signing_off_again() {
        propose("ada", correction("crashed", 7, 70)).statusCode(201);
        act("bob", "crashed", "sign-off").statusCode(200);
        dynamoDb.updateItem(update ->
                update.tableName(Table.USAGE_METRICS.tableName())
                        .key(
                                Item.key(
                                        Table.USAGE_METRICS,
                                        UsageKeys.tenant(tenant),
                                        UsageKeys.correction("crashed")))
                        .updateExpression("SET #state = :signed REMOVE booked_at")
                        .expressionAttributeNames(Map.of("#state", "state"))
                        .expressionAttributeValues(
                                Map.of(":signed", AttributeValue.fromS("signed"))));

        act("carol", "crashed", "reject").statusCode(409);
        act("carol", "crashed", "sign-off")
                .statusCode(200)
                .body("state", equalTo("booked"))
                .body("decided_by", equalTo("bob"));
        assertThat(stores.redis().totals(tenant).published()).isEqualTo(new Traffic(7, 70));
    }

    @Test
    void nobody_signs_off_what_they_proposed() {
        propose("ada", correction("own", 7, 70)).statusCode(201);

        act("ada", "own", "sign-off").statusCode(403).body("code", equalTo("forbidden"));
        assertThat(stores.redis().totals(tenant).published()).isEqualTo(Traffic.NONE);
    }

    @Test
    void what_is_rejected_stays_so() {
        propose("ada", correction("wrong", 7, 70)).statusCode(201);
        act("bob", "wrong", "reject").statusCode(200).body("state", equalTo("rejected"));
        act("bob", "wrong", "reject").statusCode(200);
        act("bob", "wrong", "sign-off").statusCode(409);
        act("bob", "nothing", "reject").statusCode(404);

        propose("ada", correction("right", 7, 70)).statusCode(201);
        act("bob", "right", "sign-off").statusCode(200);
        act("bob", "right", "reject").statusCode(409);
        assertThat(stores.redis().totals(tenant).published()).isEqualTo(new Traffic(7, 70));
    }

    @Test
    void more_than_there_is_cannot_be_taken_off() {
        propose("ada", correction("given", 10, 100)).statusCode(201);
        act("bob", "given", "sign-off").statusCode(200);
        propose("ada", correction("too-much", -11, -100)).statusCode(201);
        act("bob", "too-much", "sign-off")
                .statusCode(409)
                .body("code", equalTo("conflict"))
                .body("detail", containsString("more than is there"));
        propose("ada", correction("some", -4, -40)).statusCode(201);
        act("bob", "some", "sign-off").statusCode(200);

        assertThat(stores.redis().totals(tenant).published()).isEqualTo(new Traffic(6, 60));
        call("ada").get("/too-much").then().body("state", equalTo("signed"));
    }

    @Test
    void what_belongs_to_a_closed_period_is_booked_in_the_present_one_with_a_reference() {
        String closed =
                Period.MONTHLY.label(
                        Instant.now().atZone(ZoneOffset.UTC).minusMonths(3).toInstant());
        propose(
                        "ada",
                        """
                        {"correction_id": "late", "period": "%s", "messages": 3, "bytes": 0,
                         "reason": "found in the logs"}\
                        """
                                .formatted(closed))
                .statusCode(201)
                .body("period", equalTo(closed))
                .body("", not(hasKey("agent_id")));
        act("bob", "late", "sign-off").statusCode(200);

        assertThat(adjustment("c:late/3/0").period()).contains(closed);
        Instant booked = adjustment("c:late/3/0").bookedAt();
        assertThat(booked).isCloseTo(Instant.now(), within(1, ChronoUnit.MINUTES));
        assertThat(stores.redis().hash(RedisKeys.tenantMonth(tenant, booked)))
                .containsEntry("adjustment_messages", "3");
        assertThat(adjustment("c:late/3/0").agent().value()).isEqualTo("@unattributed");
    }

    @Test
    void corrections_are_listed_in_pages() {
        for (String id : List.of("p1", "p2", "p3")) {
            propose("ada", correction(id, 1, 1)).statusCode(201);
        }
        List<String> ids = new ArrayList<>();
        Optional<String> cursor = Optional.empty();
        do {
            ValidatableResponse page =
                    call("bob")
                            .queryParam("limit", 2)
                            .queryParams(
                                    cursor.<Map<String, String>>map(next -> Map.of("cursor", next))
                                            .orElse(Map.of()))
                            .get()
                            .then()
                            .statusCode(200);
            ids.addAll(page.extract().jsonPath().getList("items.correction_id"));
            cursor = Optional.ofNullable(page.extract().jsonPath().getString("next_cursor"));
        } while (cursor.isPresent());

        assertThat(ids).containsExactly("p1", "p2", "p3");
        call("bob")
                .queryParam("cursor", Cursor.of(CorrectionStore.scope(tenant), "not an id"))
                .get()
                .then()
                .statusCode(400)
                .body("code", equalTo("invalid_request"));
    }

    @Test
    void only_operators_are_let_in_and_only_to_tenants_that_there_are() {
        given().get("/api/v1/tenants/" + tenant + "/corrections")
                .then()
                .statusCode(401)
                .contentType("application/problem+json");
        given().auth()
                .oauth2(stack.tokens().token(TokenRequest.member("ada", tenant, Role.ADMIN)))
                .get("/api/v1/tenants/" + tenant + "/corrections")
                .then()
                .statusCode(403);
        given().auth()
                .oauth2(token("ada"))
                .get("/api/v1/tenants/nobody-" + tenant + "/corrections")
                .then()
                .statusCode(404)
                .body("code", equalTo("not_found"));
    }

    @Test
    void wrong_requests_say_what_is_wrong() {
        propose("ada", "{\"messages\": 1}").statusCode(400).body("field", equalTo("bytes"));
        propose("ada", "not json").statusCode(400).body("code", equalTo("invalid_json"));
        propose("ada", correction("x", 1, 1).replace(agent.value(), "another-agent"))
                .statusCode(400)
                .body("field", equalTo("agent_id"));
        propose("ada", correction("x", 1, 1).replace(agent.value(), "@unattributed"))
                .statusCode(400)
                .body("code", equalTo("invalid_request"));
    }

    @Test
    void the_api_describes_itself() {
        given().queryParam("format", "json")
                .get("/q/openapi")
                .then()
                .statusCode(200)
                .body(
                        "paths.keySet().findAll { it.contains('corrections') }.sort()",
                        contains(
                                "/api/v1/tenants/{tenant_id}/corrections",
                                "/api/v1/tenants/{tenant_id}/corrections/{correction_id}",
                                "/api/v1/tenants/{tenant_id}/corrections/{correction_id}/reject",
                                "/api/v1/tenants/{tenant_id}/corrections/{correction_id}/sign-off"));
    }

    private Adjustment adjustment(String id) {
        try {
            return json.readValue(
                    stores.redis().hash(RedisKeys.adjustments(tenant)).get(id), Adjustment.class);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(e);
        }
    }

    private String correction(String id, long messages, long bytes) {
        return """
        {"correction_id": "%s", "agent_id": "%s", "messages": %d, "bytes": %d,
         "reason": "counted by hand"}\
        """
                .formatted(id, agent, messages, bytes);
    }

    private ValidatableResponse propose(String operator, String body) {
        return call(operator).contentType("application/json").body(body).post().then();
    }

    private ValidatableResponse act(String operator, String id, String what) {
        return call(operator).post("/" + id + "/" + what).then();
    }

    private RequestSpecification call(String operator) {
        return given().auth()
                .oauth2(token(operator))
                .basePath("/api/v1/tenants/" + tenant + "/corrections");
    }

    private String token(String operator) {
        return stack.tokens().token(TokenRequest.operator(operator));
    }
}
