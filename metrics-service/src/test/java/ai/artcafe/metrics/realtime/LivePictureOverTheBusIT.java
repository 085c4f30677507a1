package ai.artcafe.metrics.realtime;

import static ai.artcafe.metrics.testing.TestClock.NOW;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import ai.artcafe.metrics.testing.Books;
import ai.artcafe.metrics.testing.FlowBooks;
import ai.artcafe.metrics.testing.SharedStores;
import ai.artcafe.metrics.testing.Visitor;
import ai.artcafe.model.identity.TenantId;
import ai.artcafe.model.plan.Plan;
import ai.artcafe.model.subject.PlatformSubjects;
import ai.artcafe.nats.NatsOptions;
import ai.artcafe.nats.Seed;
import ai.artcafe.stack.LocalStack;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.nats.client.Connection;
import io.nats.client.Message;
import io.nats.client.Nats;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.time.Duration;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What gateways are told for the dashboards that are connected to them. */
@QuarkusTest
@QuarkusTestResource(SharedStores.class)
class LivePictureOverTheBusIT {

    private static final Duration PATIENCE = Duration.ofSeconds(20);

    private final Visitor visitor = new Visitor(SharedStores.stack());

    @Inject Books books;
    @Inject FlowBooks flow;
    @Inject ObjectMapper json;

    @BeforeEach
    void nothingReadYet() {
        books.nothingRead();
        flow.noTap();
    }

    @Test
    void aGatewayIsToldWhatTheTenantIsToldAtItsTier() throws Exception {
        try (Connection gateway = gateway()) {
            for (Plan plan : new Plan[] {Plan.FREE, Plan.ENTERPRISE}) {
                TenantId tenant = new TenantId("bus-" + plan.id());
                books.tenant(tenant, plan);
                books.readThrough("n:SERVER", NOW.minusMillis(300));

                Message answer = ask(gateway, tenant.value());

                JsonNode told = json.readTree(answer.getData());
                String shown =
                        visitor.of(tenant)
                                .get("/api/v1/metrics/realtime")
                                .then()
                                .extract()
                                .asString();
                assertThat(told).isEqualTo(json.readTree(shown));
                assertThat(told.path("tier").asText()).isEqualTo(plan.tier().id());
                assertThat(answer.getHeaders()).isNull();
            }
        }
    }

    @Test
    void nobodysAndNonsensesPictureIsRefused() throws Exception {
        try (Connection gateway = gateway()) {
            for (String question : new String[] {"bus-nobody", "", "*", "../bus-free"}) {
                Message answer = ask(gateway, question);
                assertThat(answer.getHeaders().getFirst(PlatformSubjects.PICTURE_REFUSED))
                        .as(question)
                        .isEqualTo("not_found");
                assertThat(answer.getData()).isEmpty();
            }
        }
    }

    /** Until the service listens there is nobody to answer. */
    private static Message ask(Connection gateway, String question) {
        return await().atMost(PATIENCE)
                .until(
                        () ->
                                gateway.request(
                                        PlatformSubjects.LIVE_PICTURE,
                                        question.getBytes(StandardCharsets.UTF_8),
                                        PATIENCE),
                        answer -> answer != null && !answer.isStatusMessage());
    }

    private static Connection gateway() throws Exception {
        LocalStack stack = SharedStores.stack();
        return Nats.connect(
                NatsOptions.named("gateway-test")
                        .urls(stack.natsUrl().toString())
                        .seed(
                                Seed.parse(
                                        Files.readString(
                                                stack.keysDirectory().resolve("gateway.nk"))))
                        .build());
    }
}
