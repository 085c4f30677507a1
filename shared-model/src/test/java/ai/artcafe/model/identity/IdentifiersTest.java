package ai.artcafe.model.identity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class IdentifiersTest {

    @ParameterizedTest
    @ValueSource(
            strings = {"a", "acme", "7", "agent-7", "a--b", "3b241101-e2bb-4255-8caf-4136c566a962"})
    void takes_what_is_safe_in_a_subject(String id) {
        assertThat(TenantId.parse(id)).contains(new TenantId(id));
        assertThat(AgentId.parse(id)).contains(new AgentId(id));
        assertThat(ChannelId.parse(id)).contains(new ChannelId(id));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "", "-a", "Acme", "a b", "acme.*", "acme.>", "*", ">", "../x", "a/b", "$SYS", "_a",
                "аcme", "acme\n", "é", "{a}"
            })
    void refuses_what_could_reach_elsewhere(String id) {
        assertThat(TenantId.parse(id)).isEmpty();
        assertThat(AgentId.parse(id)).isEmpty();
        assertThat(ChannelId.parse(id)).isEmpty();
    }

    @Test
    void refuses_more_than_63_characters() {
        assertThat(AgentId.parse("a".repeat(63))).isPresent();
        assertThat(AgentId.parse("a".repeat(64))).isEmpty();
    }

    @Test
    void says_which_field_and_value_is_wrong_without_control_characters() {
        assertThatThrownBy(() -> new TenantId("Ac\nme"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("tenant_id")
                .hasMessageContaining("'Ac?me'");
    }

    @Test
    void slots_are_numbered_from_one() {
        assertThat(Slot.number(1)).isEqualTo(new Slot("S0001"));
        assertThat(Slot.parse("S0000")).isEmpty();
        assertThat(Slot.parse("SYS")).isEmpty();
        assertThat(Slot.parse("S00011")).isEmpty();
    }

    @Test
    void a_connection_owner_survives_the_way_through_the_server() {
        TenantId acme = new TenantId("acme");
        ConnectionOwner agent = new ConnectionOwner.Agent(acme, new AgentId("agent-7"));
        ConnectionOwner gateway = new ConnectionOwner.Gateway(acme, "gw-1");

        assertThat(agent.userName()).isEqualTo("acme/agent-7");
        assertThat(ConnectionOwner.parse(agent.userName())).contains(agent);
        assertThat(gateway.userName()).isEqualTo("acme/@gateway-gw-1");
        assertThat(ConnectionOwner.parse(gateway.userName())).contains(gateway);
    }

    @ParameterizedTest
    @ValueSource(strings = {"agent-7", "@api-acme", "@gateway-gw-1", "@unattributed"})
    void an_attribution_survives_the_way_through_the_stores(String name) {
        assertThat(Attribution.of(name).value()).isEqualTo(name);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"", "@", "@api", "@api-", "@api-A", "@api-acme.*", "@other", "@gateway-"})
    void what_names_nobody_is_no_attribution(String name) {
        assertThat(Attribution.parse(name)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "acme",
                "acme/",
                "/agent",
                "acme/agent/7",
                "acme/@gateway-",
                "UABC",
                "acme/@x"
            })
    void a_user_name_that_the_callout_never_gives_has_no_owner(String userName) {
        assertThat(ConnectionOwner.parse(userName)).isEmpty();
    }
}
