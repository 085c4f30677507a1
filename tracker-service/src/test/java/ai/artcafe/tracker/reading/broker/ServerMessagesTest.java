package ai.artcafe.tracker.reading.broker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.artcafe.model.usage.Counters;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class ServerMessagesTest {

    @Test
    void a_list_of_connections_is_read_whatever_else_is_in_it() throws Exception {
        var list =
                ServerMessages.connectionList(
                        bytes(
                                """
                                {"server":{"name":"n","host":"h","id":"NABC","jetstream":false,
                                           "flags":3,"time":"2026-11-21T03:00:00Z"},
                                 "data":{"server_id":"NABC","now":"2026-11-21T03:00:00Z",
                                   "num_connections":2,"total":2,"offset":0,"limit":1000000,
                                   "connections":[
                                     {"cid":5,"kind":"Client","ip":"::1","in_msgs":1,"out_msgs":2,
                                      "in_bytes":3,"out_bytes":9007199254740991,
                                      "start":"2026-11-21T02:00:00Z","subscriptions_list":["a"],
                                      "authorized_user":"acme/a1","account":"S0001"},
                                     {"cid":6,"in_msgs":0,"out_msgs":0,"in_bytes":0,"out_bytes":0,
                                      "stop":"2026-11-21T02:00:01Z","reason":"Client Closed"}]}}
                                """));

        assertThat(list.server().id()).isEqualTo("NABC");
        assertThat(list.server().isStandalone()).isTrue();
        assertThat(list.total()).isEqualTo(2);
        assertThat(list.rows()).hasSize(2);
        assertThat(list.rows().getFirst().counters())
                .isEqualTo(Counters.of(1, 3, 2, 9007199254740991L));
        assertThat(list.rows().getFirst().account()).isEqualTo("S0001");
        assertThat(list.rows().getFirst().user()).isEqualTo("acme/a1");
        assertThat(list.rows().getFirst().closed()).isFalse();
        assertThat(list.rows().getLast().closed()).isTrue();
        assertThat(list.rows().getLast().account()).isEmpty();
    }

    @Test
    void an_error_of_the_server_is_told() {
        assertThatThrownBy(() ->
                        ServerMessages.connectionList(
                                bytes(
                                        """
                                        {"server":{"id":"N"},
                                         "error":{"code":400,"description":"bad cid"}}
                                        """)))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("bad cid");
    }

    @Test
    void a_disconnect_tells_what_the_client_sent_and_received() throws Exception {
        var event =
                ServerMessages.event(
                        bytes(
                                """
                                {"type":"io.nats.server.advisory.v1.client_disconnect","id":"x",
                                 "timestamp":"2026-11-21T03:00:01Z",
                                 "server":{"id":"NABC","name":"n"},
                                 "client":{"start":"2026-11-21T02:00:00Z","host":"h","id":7,
                                   "acc":"S0001","user":"acme/a1","stop":"2026-11-21T03:00:00Z"},
                                 "sent":{"msgs":1,"bytes":10,
                                         "gateways":{"msgs":0,"bytes":0}},
                                 "received":{"msgs":2,"bytes":20},"reason":"Client Closed"}
                                """),
                        true);

        assertThat(event.serverId()).isEqualTo("NABC");
        assertThat(event.row().cid()).isEqualTo(7);
        assertThat(event.row().counters()).isEqualTo(Counters.of(1, 10, 2, 20));
        assertThat(event.row().stopped()).isEqualTo("2026-11-21T03:00:00Z");
        assertThat(event.row().closed()).isTrue();
    }

    @Test
    void what_is_not_json_is_refused() {
        assertThatThrownBy(() -> ServerMessages.event(bytes("[]"), true))
                .isInstanceOf(IOException.class);
        assertThatThrownBy(() -> ServerMessages.connectionList(bytes("{}")))
                .isInstanceOf(IOException.class);
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
