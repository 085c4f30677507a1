package ai.artcafe.stack.broker;

import static ai.artcafe.stack.broker.TestClients.PATIENCE;
import static ai.artcafe.stack.broker.TestClients.bytes;
import static ai.artcafe.stack.broker.TestClients.next;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import ai.artcafe.model.subject.PlatformSubjects;
import ai.artcafe.stack.Backing;
import ai.artcafe.stack.LocalStack;
import ai.artcafe.stack.NatsIdentity;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.nats.client.Connection;
import io.nats.client.Message;
import io.nats.client.Subscription;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The generated configuration on a real server: who can do what, and nothing else. */
class NatsLayoutIT {

    private static final NKeyPair ACME = NKeyPair.newUser();
    private static final NKeyPair GLOBEX = NKeyPair.newUser();

    private static LocalStack stack;
    private static TestCallout callout;

    private final ObjectMapper json = new ObjectMapper();
    private final List<Connection> open = new ArrayList<>();

    @BeforeAll
    static void start() throws Exception {
        stack = LocalStack.builder().with(Backing.NATS).slots(3).start();
        callout =
                new TestCallout(
                        stack,
                        Map.of(
                                ACME.publicKey(),
                                new TestCallout.Place("acme", "acme/one", "S0001"),
                                GLOBEX.publicKey(),
                                new TestCallout.Place("globex", "globex/one", "S0002"),
                                stack.keys().publicKey(NatsIdentity.GATEWAY_SLOT),
                                new TestCallout.Place("acme", "acme/@gateway-g1", "S0001")));
    }

    @AfterAll
    static void stop() throws Exception {
        callout.close();
        stack.close();
    }

    @AfterEach
    void disconnect() throws Exception {
        for (Connection connection : open) {
            connection.close();
        }
    }

    @Test
    void aSlotSeesNothingOfAnother() throws Exception {
        Connection acme = connect(ACME);
        Connection globex = connect(GLOBEX);
        Subscription inboxes = globex.subscribe("_INBOX.>");
        globex.flush(PATIENCE);

        acme.publish("_INBOX.reply", bytes("secret"));
        acme.publish("tenant.acme.tasks", bytes("secret"));
        acme.flush(PATIENCE);
        globex.publish("_INBOX.mark", bytes("own"));

        assertThat(next(inboxes).map(Message::getSubject)).hasValue("_INBOX.mark");
    }

    @Test
    void theTapSeesASlotsMessagesUnderTheSlotsName() throws Exception {
        Connection acme = connect(ACME);
        Connection tap = connect(NatsIdentity.TAP);
        Subscription slot = tap.subscribe("S0001.>", PlatformSubjects.TRACKER_QUEUE);
        tap.flush(PATIENCE);

        acme.publish("tenant.acme.tasks", bytes("work"));

        assertThat(next(slot))
                .hasValueSatisfying(seen -> {
                    assertThat(seen.getSubject()).isEqualTo("S0001.tenant.acme.tasks");
                    assertThat(seen.getData()).isEqualTo(bytes("work"));
                });
    }

    @Test
    void theTapCannotPublish() throws Exception {
        Connection tap = connect(NatsIdentity.TAP);

        tap.publish("S0001.tenant.acme.tasks", bytes("forged"));
        tap.flush(PATIENCE);

        await().atMost(PATIENCE)
                .untilAsserted(
                        () -> assertThat(tap.getLastError()).contains("Permissions Violation"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"limit\":100000,\"state\":0}",
                "{\"auth\":true,\"limit\":100000,\"state\":0}",
                "{\"limit\":100000,\"state\":2}"
            })
    void theMonitorReadsConnections(String options) throws Exception {
        connect(ACME);
        Connection monitor = connect(NatsIdentity.MONITOR, "_INBOX_MON");

        JsonNode connections = request(monitor, "$SYS.REQ.SERVER.PING.CONNZ", options);

        assertThat(connections.path("data").path("connections").size()).isPositive();
    }

    @Test
    void theMonitorReadsTheNamesThatTheCalloutGave() throws Exception {
        connect(ACME);
        connect(stack.keys().seed(NatsIdentity.GATEWAY_SLOT), "_INBOX");
        Connection monitor = connect(NatsIdentity.MONITOR, "_INBOX_MON");

        // until the server has noticed that the connections of other tests are closed
        await().atMost(PATIENCE)
                .untilAsserted(() ->
                        assertThat(
                                        request(
                                                        monitor,
                                                        "$SYS.REQ.SERVER.PING.CONNZ",
                                                        "{\"auth\":true,\"acc\":\"S0001\"}")
                                                .path("data")
                                                .path("connections")
                                                .findValuesAsText("authorized_user"))
                                .containsExactlyInAnyOrder("acme/one", "acme/@gateway-g1"));
    }

    @Test
    void theMonitorReadsOneServersConnectionsAndStatistics() throws Exception {
        Connection monitor = connect(NatsIdentity.MONITOR, "_INBOX_MON");
        String server = monitor.getServerInfo().getServerId();

        assertThat(request(monitor, "$SYS.REQ.SERVER." + server + ".CONNZ", "{}").has("data"))
                .isTrue();
        assertThat(request(monitor, "$SYS.REQ.SERVER." + server + ".STATSZ", "{}").has("statsz"))
                .isTrue();
        assertThat(request(monitor, "$SYS.REQ.SERVER.PING.STATSZ", "{}").has("statsz")).isTrue();
    }

    @Test
    void theMonitorReadsTheAccountsTotals() throws Exception {
        Connection acme = connect(ACME);
        acme.publish("tenant.acme.tasks", bytes("work"));
        acme.flush(PATIENCE);
        Connection monitor = connect(NatsIdentity.MONITOR, "_INBOX_MON");

        JsonNode answer =
                request(
                        monitor,
                        "$SYS.REQ.ACCOUNT.PING.STATZ",
                        "{\"accounts\":[\"S0001\"],\"include_unused\":true}");

        JsonNode account = answer.path("data").path("account_statz").path(0);
        assertThat(account.path("acc").asText()).isEqualTo("S0001");
        assertThat(account.path("received").path("msgs").asLong()).isPositive();
    }

    @Test
    void theMonitorHearsOfConnectionsThatOpenAndClose() throws Exception {
        Connection monitor = connect(NatsIdentity.MONITOR, "_INBOX_MON");
        Subscription opened = monitor.subscribe("$SYS.ACCOUNT.*.CONNECT");
        Subscription closed = monitor.subscribe("$SYS.ACCOUNT.*.DISCONNECT");
        monitor.flush(PATIENCE);

        Connection globex = connect(GLOBEX);
        int cid = globex.getServerInfo().getClientId();
        globex.close();

        assertThat(eventOf(cid, opened).getSubject()).isEqualTo("$SYS.ACCOUNT.S0002.CONNECT");
        assertThat(eventOf(cid, closed).getSubject()).isEqualTo("$SYS.ACCOUNT.S0002.DISCONNECT");
    }

    /** The first event of a connection; those of other tests' connections may come late. */
    private Message eventOf(int cid, Subscription events) throws Exception {
        while (true) {
            Message event = next(events).orElseThrow();
            if (json.readTree(event.getData()).path("client").path("id").asInt() == cid) {
                return event;
            }
        }
    }

    @Test
    void theMonitorCannotKick() throws Exception {
        Connection monitor = connect(NatsIdentity.MONITOR, "_INBOX_MON");

        monitor.publish("$SYS.REQ.SERVER.PING.KICK", bytes("{}"));
        monitor.flush(PATIENCE);

        await().atMost(PATIENCE)
                .untilAsserted(
                        () -> assertThat(monitor.getLastError()).contains("Permissions Violation"));
    }

    @Test
    void theKickerEndsAConnectionItHasLookedUp() throws Exception {
        Connection acme = connect(ACME);
        Connection kicker = connect(NatsIdentity.KICKER, "_INBOX_KICK");

        JsonNode found =
                request(
                        kicker,
                        "$SYS.REQ.SERVER.PING.CONNZ",
                        "{\"auth\":true,\"user\":\"acme/one\"}");
        int cid = acme.getServerInfo().getClientId();
        assertThat(found.path("data").path("connections").findValuesAsText("cid"))
                .contains(Integer.toString(cid));
        String server = found.path("server").path("id").asText();
        // without a reply subject the server ignores it
        request(kicker, "$SYS.REQ.SERVER." + server + ".KICK", "{\"cid\":" + cid + "}");

        await().atMost(PATIENCE).until(() -> acme.getStatus() == Connection.Status.CLOSED);
    }

    @Test
    void theGatewaysReadingsReachTheTrackerAndAreAcknowledged() throws Exception {
        Connection gateway = connect(NatsIdentity.GATEWAY);
        Connection tracker = connect(NatsIdentity.TRACKER);
        tracker.createDispatcher(batch -> tracker.publish(batch.getReplyTo(), bytes("+ACK")))
                .subscribe(PlatformSubjects.GATEWAY_READINGS, PlatformSubjects.TRACKER_QUEUE);
        tracker.flush(PATIENCE);

        Message answer = gateway.request(PlatformSubjects.GATEWAY_READINGS, bytes("{}"), PATIENCE);

        assertThat(answer).isNotNull();
        assertThat(answer.getData()).isEqualTo(bytes("+ACK"));
    }

    @Test
    void theMetricsServiceCannotReadTheReadings() throws Exception {
        Connection metrics = connect(NatsIdentity.METRICS);

        metrics.subscribe(PlatformSubjects.GATEWAY_READINGS);
        metrics.flush(PATIENCE);

        await().atMost(PATIENCE)
                .untilAsserted(
                        () -> assertThat(metrics.getLastError()).contains("Permissions Violation"));
    }

    @Test
    void anUnknownKeyIsRefused() throws Exception {
        assertThat(TestClients.refusal(stack, NKeyPair.newUser().seed()))
                .containsIgnoringCase("authorization violation");
    }

    private Connection connect(NatsIdentity identity) throws Exception {
        return connect(identity, "_INBOX");
    }

    private Connection connect(NatsIdentity identity, String inboxPrefix) throws Exception {
        return connect(stack.keys().seed(identity), inboxPrefix);
    }

    private Connection connect(NKeyPair agent) throws Exception {
        return connect(agent.seed(), "_INBOX");
    }

    private Connection connect(String seed, String inboxPrefix) throws Exception {
        Connection connection = TestClients.connect(stack, seed, inboxPrefix);
        open.add(connection);
        return connection;
    }

    private JsonNode request(Connection connection, String subject, String body) throws Exception {
        Message answer = connection.request(subject, bytes(body), PATIENCE);
        assertThat(answer).as("answer to " + subject).isNotNull();
        return json.readTree(answer.getData());
    }
}
