package ai.artcafe.tracker.reading.broker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.artcafe.model.identity.Slot;
import ai.artcafe.model.usage.Traffic;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class AccountMessagesTest {

    @Test
    void what_went_to_other_servers_is_taken_off_where_it_is_told() throws Exception {
        var answer =
                AccountMessages.read(
                        bytes(
                                """
                                {"server":{"name":"n","id":"NABC","cluster":"c","ver":"2.11.4"},
                                 "data":{"server_id":"NABC","account_statz":[
                                   {"acc":"S0001","conns":2,"sent":{"msgs":10,"bytes":100,
                                     "gateways":{"msgs":1,"bytes":10},
                                     "routes":{"msgs":2,"bytes":20},"leafs":{"msgs":0,"bytes":0}},
                                    "received":{"msgs":7,"bytes":70,
                                     "routes":{"msgs":3,"bytes":30}},"slow_consumers":0},
                                   {"acc":"SYS","conns":1,"sent":{"msgs":1,"bytes":1},
                                    "received":{"msgs":1,"bytes":1}}]}}
                                """));

        assertThat(answer.server().isStandalone()).isFalse();
        assertThat(answer.server().tellsRoutesApart()).isTrue();
        assertThat(answer.connections()).isEqualTo(3);
        assertThat(answer.slots())
                .containsOnlyKeys(Slot.number(1))
                .containsEntry(
                        Slot.number(1),
                        new AccountMessages.Counted(2, new Traffic(4, 40), new Traffic(7, 70)));
    }

    @Test
    void servers_before_2_11_do_not_tell_routes_apart() {
        assertThat(new ServerFacts("N", "c", "2.10.27").tellsRoutesApart()).isFalse();
        assertThat(new ServerFacts("N", "c", "2.15.0-dev").tellsRoutesApart()).isTrue();
        assertThat(new ServerFacts("N", "c", "3.0.1").tellsRoutesApart()).isTrue();
        assertThat(new ServerFacts("N", "c", "").tellsRoutesApart()).isFalse();
    }

    @Test
    void what_is_no_answer_is_refused() {
        assertThatThrownBy(() -> AccountMessages.read(bytes("{}"))).isInstanceOf(IOException.class);
        assertThatThrownBy(() ->
                        AccountMessages.read(
                                bytes("{\"server\":{\"id\":\"N\"},\"error\":{\"code\":400}}")))
                .isInstanceOf(IOException.class);
    }

    private static byte[] bytes(String json) {
        return json.getBytes(StandardCharsets.UTF_8);
    }
}
