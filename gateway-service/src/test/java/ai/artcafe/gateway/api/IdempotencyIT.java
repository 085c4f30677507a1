package ai.artcafe.gateway.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.nullValue;

import ai.artcafe.gateway.Platform;
import ai.artcafe.gateway.Stack;
import ai.artcafe.model.access.Role;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.Response;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

@QuarkusTest
@QuarkusTestResource(Stack.class)
class IdempotencyIT {

    private String tenant;

    @BeforeEach
    void createTenant() {
        tenant = Platform.tenant("enterprise");
    }

    @Test
    void theSameRequestWithTheSameKeyIsAnsweredAsTheFirstWas() {
        String key = UUID.randomUUID().toString();
        Response first = create(key, Map.of("name", "one"));
        first.then().statusCode(201).header("Idempotency-Replayed", nullValue());

        Response second = create(key, Map.of("name", "one"));

        second.then()
                .statusCode(201)
                .contentType("application/json")
                .header("Idempotency-Replayed", equalTo("true"))
                .header("Location", equalTo(first.header("Location")))
                .header("ETag", equalTo(first.header("ETag")));
        assertThat(second.asString()).isEqualTo(first.asString());
        agents().then().body("items", hasSize(1));
    }

    @Test
    void aKeyMeansOneRequestOfOneUser() {
        String key = UUID.randomUUID().toString();
        create(key, Map.of("name", "one")).then().statusCode(201);

        create(key, Map.of("name", "two")).then().statusCode(409).body("code", equalTo("conflict"));
        Platform.asOperator()
                .header("X-Tenant-Id", tenant)
                .header("Idempotency-Key", key)
                .body(Map.of("name", "two"))
                .post("/api/v1/agents")
                .then()
                .statusCode(201);
        for (String bad : List.of("", "x".repeat(256), "schlüssel")) {
            create(bad, Map.of()).then().statusCode(400).body("code", equalTo("invalid_request"));
        }
    }

    @Test
    void aRefusedRequestMayBeMadeAgainWithItsKey() {
        String key = UUID.randomUUID().toString();
        String id = tenant + "-x";
        create(key, Map.of("agent_id", "A B")).then().statusCode(400);
        create(key, Map.of("agent_id", id)).then().statusCode(201);
        String other = UUID.randomUUID().toString();
        create(other, Map.of("agent_id", id)).then().statusCode(409);
        Platform.as(tenant, Role.ADMIN)
                .header("Idempotency-Key", UUID.randomUUID().toString())
                .delete("/api/v1/agents/" + id)
                .then()
                .statusCode(204);
        create(other, Map.of("agent_id", id)).then().statusCode(201);
    }

    @Test
    void ofManyAtOnceOneIsServed() throws Exception {
        String key = UUID.randomUUID().toString();
        List<Callable<Integer>> same = new ArrayList<>();
        for (int i = 0; i < 8; i++) {
            same.add(() -> create(key, Map.of("name", "one")).statusCode());
        }
        List<Integer> statuses = new ArrayList<>();
        try (ExecutorService threads = Executors.newFixedThreadPool(8)) {
            for (Future<Integer> status : threads.invokeAll(same)) {
                statuses.add(status.get());
            }
        }

        assertThat(statuses).containsOnlyElementsOf(List.of(201, 409)).contains(201);
        agents().then().body("items", hasSize(1));
    }

    private Response create(String key, Map<String, Object> agent) {
        return Platform.as(tenant, Role.ADMIN)
                .header("Idempotency-Key", key)
                .body(agent)
                .post("/api/v1/agents");
    }

    private Response agents() {
        return Platform.as(tenant, Role.VIEWER).get("/api/v1/agents");
    }
}
