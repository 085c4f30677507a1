package ai.artcafe.model.subject;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.artcafe.model.identity.AgentId;
import ai.artcafe.model.identity.ChannelId;
import ai.artcafe.model.identity.TenantId;
import ai.artcafe.model.subject.SubjectClass.Control;
import ai.artcafe.model.subject.SubjectClass.Inbox;
import ai.artcafe.model.subject.SubjectClass.Kind;
import ai.artcafe.model.subject.SubjectClass.TenantTraffic;
import ai.artcafe.model.subject.SubjectClass.Unattributed;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SubjectSchemeTest {

    private static final TenantId ACME = new TenantId("acme");
    private static final AgentId AGENT = new AgentId("agent-7");

    private final SubjectScheme scheme = SubjectScheme.standard();

    @ParameterizedTest
    @ValueSource(
            strings = {
                "tenant.acme.tasks.new",
                "agents.acme.x",
                "acme.tasks",
                "tenant.acme.a.b.c.d"
            })
    void every_form_of_the_namespace_is_the_tenants(String subject) {
        assertThat(scheme.classify(subject)).isEqualTo(new TenantTraffic(ACME));
    }

    @ParameterizedTest
    @CsvSource({
        "_HEARTBEAT.tenant.acme.client.agent-7, HEARTBEAT",
        "_heartbeat.acme.agent-7, HEARTBEAT",
        "_PRESENCE.tenant.acme.client.agent-7, PRESENCE",
        "_METRICS.tenant.acme.client.agent-7, METRICS"
    })
    void control_subjects_tell_whose_they_are(String subject, Kind kind) {
        assertThat(scheme.classify(subject)).isEqualTo(new Control(ACME, AGENT, kind));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "_HEARTBEAT.tenant.acme.client",
                "_heartbeat.Acme.agent-7",
                "_OTHER.acme",
                "loose",
                "tenant.*.x",
                "_heartbeat.acme.agent-7.more"
            })
    void what_fits_no_template_is_unattributed(String subject) {
        assertThat(scheme.classify(subject)).isInstanceOf(Unattributed.class);
    }

    @ParameterizedTest
    @ValueSource(strings = {"tenant", "agents", "unattributed"})
    void ids_that_the_scheme_uses_itself_are_reserved(String id) {
        assertThat(scheme.isReserved(new TenantId(id))).isTrue();
        assertThat(scheme.isReserved(ACME)).isFalse();
    }

    @Test
    void replies_are_told_apart_from_control() {
        assertThat(scheme.classify("_INBOX.abc.1")).isInstanceOf(Inbox.class);
    }

    @ParameterizedTest
    @CsvSource({
        "tasks.new, tenant.acme.tasks.new",
        "tenant.acme.tasks.new, tenant.acme.tasks.new",
        "agents.acme.x, agents.acme.x",
        "acme.x, acme.x",
        "acme, tenant.acme.acme",
        "tenants.other.x, tenant.acme.tenants.other.x",
        "other.x, tenant.acme.other.x",
        ">, tenant.acme.>",
        "*.other.x, tenant.acme.*.other.x"
    })
    void a_named_subject_resolves_inside_the_namespace(String named, String resolved) {
        assertThat(scheme.resolve(ACME, new Subject(named))).contains(new Subject(resolved));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "tenant.other.x",
                "tenant.>",
                "tenant.*.x",
                "agents.other.x",
                "agents.>",
                "$SYS.>",
                "$JS.API.INFO",
                "_INBOX.>",
                "_HEARTBEAT.tenant.acme.client.x",
                "tenant",
                "tenant.acmes.x"
            })
    void a_subject_outside_the_namespace_does_not_resolve(String named) {
        assertThat(scheme.resolve(ACME, new Subject(named))).isEmpty();
        assertThat(scheme.subscriptions(ACME, new Subject(named))).isEmpty();
    }

    @Test
    void a_relative_subscription_takes_in_every_form() {
        assertThat(scheme.subscriptions(ACME, new Subject("tasks.new")))
                .extracting(Subject::value)
                .containsExactly(
                        "tenant.acme.tasks.new", "agents.acme.tasks.new", "acme.tasks.new");
        assertThat(scheme.subscriptions(ACME, new Subject("agents.acme.>")))
                .extracting(Subject::value)
                .containsExactly("agents.acme.>");
    }

    @Test
    void a_subject_of_the_tenant_has_a_relative_form() {
        assertThat(scheme.relativize(ACME, "tenant.acme.tasks.new")).contains("tasks.new");
        assertThat(scheme.relativize(ACME, "acme.tasks.new")).contains("tasks.new");
        assertThat(scheme.relativize(ACME, "tenant.other.x")).isEmpty();
    }

    @Test
    void permissions_never_open_more_than_the_tenant() {
        assertThat(scheme.publishPermissions(ACME, AGENT))
                .containsExactlyInAnyOrder(
                        "tenant.acme.>",
                        "agents.acme.>",
                        "acme.>",
                        "_HEARTBEAT.tenant.acme.client.agent-7",
                        "_heartbeat.acme.agent-7",
                        "_PRESENCE.tenant.acme.client.agent-7",
                        "_METRICS.tenant.acme.client.agent-7",
                        "_INBOX.>");
        assertThat(scheme.subscribePermissions(ACME))
                .containsExactlyInAnyOrder("tenant.acme.>", "agents.acme.>", "acme.>", "_INBOX.>")
                .noneMatch(subject -> subject.endsWith(".*"));
    }

    @Test
    void channels_and_control_subjects_stand_where_the_contract_says() {
        assertThat(scheme.channel(ACME, new ChannelId("news")).value())
                .isEqualTo("tenant.acme.channel.news");
        assertThat(scheme.control(ACME, AGENT, Kind.PRESENCE).value())
                .isEqualTo("_PRESENCE.tenant.acme.client.agent-7");
    }

    @Test
    void another_namespace_is_a_line_of_configuration() {
        SubjectScheme own = new SubjectScheme(List.of("org.{tenant}.bus"));

        assertThat(own.classify("org.acme.bus.x")).isEqualTo(new TenantTraffic(ACME));
        assertThat(own.resolve(ACME, new Subject("x"))).contains(new Subject("org.acme.bus.x"));
        assertThatThrownBy(() -> new SubjectScheme(List.of("no-tenant")))
                .isInstanceOf(IllegalArgumentException.class);
    }
}
