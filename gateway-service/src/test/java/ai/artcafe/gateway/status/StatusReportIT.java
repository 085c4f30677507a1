package ai.artcafe.gateway.status;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import ai.artcafe.gateway.Platform;
import ai.artcafe.gateway.Stack;
import ai.artcafe.gateway.TestSocket;
import ai.artcafe.model.access.Role;
import ai.artcafe.model.identity.AgentId;
import ai.artcafe.model.identity.TenantId;
import ai.artcafe.model.subject.PlatformSubjects;
import ai.artcafe.runtime.status.AgentRequests;
import ai.artcafe.runtime.status.EndpointActivity;
import ai.artcafe.runtime.status.MinuteReport;
import ai.artcafe.runtime.status.RequestActivity;
import ai.artcafe.runtime.status.RequestParty;
import ai.artcafe.runtime.status.ServiceActivity;
import ai.artcafe.runtime.status.StatusJson;
import io.nats.client.Connection;
import io.nats.client.Message;
import io.nats.client.impl.Headers;
import io.nats.client.impl.NatsMessage;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What the gateway tells the trackers of REST requests and of requests to agents. */
@QuarkusTest
@QuarkusTestResource(Stack.class)
class StatusReportIT {

    private static final Duration SOON = Duration.ofSeconds(60);

    private final Map<Instant, ServiceActivity> activities = new ConcurrentHashMap<>();
    private final Map<String, RequestActivity> requests = new ConcurrentHashMap<>();

    @Test
    void restRequestsAndRequestsToAgentsAreReportedOnceATrackerListens() throws Exception {
        String tenant = Platform.tenant("enterprise");
        Platform.Agent asker = Platform.sshAgent(tenant);
        Platform.NatsAgent answerer = Platform.natsAgent(tenant);
        Platform.as(tenant, Role.VIEWER).get("/api/v1/agents/" + asker.id());
        String subject = "tenant." + tenant + ".agent." + answerer.id() + ".work";
        try (Connection agent = answerer.connect();
                TestSocket socket = asker.connect()) {
            agent.createDispatcher(message -> answer(agent, message)).subscribe(subject);
            agent.flush(SOON);
            for (int i = 0; i < 5; i++) {
                socket.send(request("agent." + answerer.id() + ".work", "\"ok\"", 5_000));
                socket.next("response");
            }
            socket.send(request("agent." + answerer.id() + ".work", "\"fail\"", 5_000));
            socket.next("response");
            socket.send(request("agent." + answerer.id() + ".work", "\"silence\"", 200));
            socket.next("error");
            socket.send(
                    "{\"type\":\"publish\",\"subject\":\"jobs\",\"data\":1,"
                            + "\"id\":\"j1\",\"reply_timeout_ms\":200}");
            socket.next("error");
        }

        try (Connection tracker = Platform.connectAs("tracker")) {
            tracker.createDispatcher(message -> take(tracker, message))
                    .subscribe(PlatformSubjects.STATUS, PlatformSubjects.TRACKER_QUEUE);

            await().atMost(SOON)
                    .untilAsserted(() -> {
                        RequestActivity asked =
                                total(
                                        RequestParty.answering(
                                                new TenantId(tenant), new AgentId(answerer.id())));
                        assertThat(asked.answered()).isEqualTo(5);
                        assertThat(asked.failed()).isEqualTo(1);
                        assertThat(asked.timedOut()).isEqualTo(1);
                        assertThat(asked.millis().count()).isEqualTo(5);
                        assertThat(
                                        total(
                                                        RequestParty.asking(
                                                                new TenantId(tenant),
                                                                new AgentId(asker.id())))
                                                .timedOut())
                                .isEqualTo(1);
                        assertThat(endpoint("POST /api/v1/tenants").statuses()).containsKey(201);
                        assertThat(endpoint("GET /api/v1/agents/{id}").requests()).isPositive();
                    });
        }
        assertThat(activities.values())
                .allMatch(each -> !each.endpoints().toString().contains(tenant));
    }

    private static String request(String subject, String data, int timeoutMs) {
        return "{\"type\":\"request\",\"subject\":\"%s\",\"data\":%s,\"timeout_ms\":%d}"
                .formatted(subject, data, timeoutMs);
    }

    private static void answer(Connection agent, Message message) {
        String data = new String(message.getData(), StandardCharsets.UTF_8);
        Headers headers = new Headers();
        if (data.contains("fail")) {
            headers.put("Nats-Service-Error-Code", "500");
        }
        if (!data.contains("silence")) {
            agent.publish(
                    NatsMessage.builder()
                            .subject(message.getReplyTo())
                            .headers(headers)
                            .data("{}")
                            .build());
        }
    }

    private void take(Connection tracker, Message message) {
        MinuteReport report = StatusJson.report(message.getData());
        assertThat(report.service()).isEqualTo("gateway");
        report.activity()
                .ifPresent(activity ->
                        activities.merge(
                                report.minute(),
                                activity,
                                (old, now) -> old.progress() < now.progress() ? now : old));
        for (AgentRequests each : report.requests()) {
            requests.merge(
                    report.minute() + "|" + each.party(),
                    each.activity(),
                    (old, now) -> old.requests() < now.requests() ? now : old);
        }
        tracker.publish(message.getReplyTo(), "+ACK".getBytes(StandardCharsets.UTF_8));
    }

    private RequestActivity total(RequestParty party) {
        return requests.entrySet().stream()
                .filter(each -> each.getKey().endsWith("|" + party))
                .map(Map.Entry::getValue)
                .reduce(RequestActivity::plus)
                .orElseThrow(() -> new AssertionError("nothing of " + party));
    }

    private EndpointActivity endpoint(String name) {
        return activities.values().stream()
                .flatMap(each -> Stream.ofNullable(each.endpoints().get(name)))
                .reduce(EndpointActivity::plus)
                .orElseThrow(() -> new AssertionError("nothing of " + name));
    }
}
