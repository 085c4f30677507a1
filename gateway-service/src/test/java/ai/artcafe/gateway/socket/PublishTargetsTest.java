package ai.artcafe.gateway.socket;

import static org.assertj.core.api.Assertions.assertThat;

import ai.artcafe.model.identity.TenantId;
import ai.artcafe.model.problem.ErrorCode;
import ai.artcafe.model.subject.SubjectScheme;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PublishTargetsTest {

    private final PublishTargets targets =
            new PublishTargets(SubjectScheme.standard(), new TenantId("acme"), 2);

    @ParameterizedTest
    @CsvSource({
        "tasks.new, tenant.acme.tasks.new",
        "tenant.acme.tasks.new, tenant.acme.tasks.new",
        "acme.tasks.new, acme.tasks.new",
        "agents.acme.x, agents.acme.x"
    })
    void relativeSubjectsGoUnderTheTenant(String named, String subject) {
        assertThat(targets.of(named)).isEqualTo(new PublishTarget.Literal(subject));
    }

    @ParameterizedTest
    @CsvSource({
        "tenant.rival.x, FORBIDDEN_SUBJECT",
        "agents.rival.x, FORBIDDEN_SUBJECT",
        "$SYS.x, FORBIDDEN_SUBJECT",
        "_INBOX.x, FORBIDDEN_SUBJECT",
        "a..b, INVALID_SUBJECT",
        "a.*, INVALID_SUBJECT",
        "'a b', INVALID_SUBJECT"
    })
    void othersAreRefused(String named, ErrorCode code) {
        assertThat(targets.of(named))
                .isInstanceOfSatisfying(
                        PublishTarget.Refused.class,
                        refused -> assertThat(refused.code()).isEqualTo(code));
    }

    @Test
    void theNewestReplySubjectsMayBeAnswered() {
        targets.mayReplyTo("_INBOX.a.1");
        targets.mayReplyTo("_INBOX.a.2");
        targets.mayReplyTo("_INBOX.a.3");
        assertThat(targets.of("_INBOX.a.3")).isEqualTo(new PublishTarget.Literal("_INBOX.a.3"));
        assertThat(targets.of("_INBOX.a.1")).isInstanceOf(PublishTarget.Refused.class);
    }

    @Test
    void aReplySubjectOutsideInboxesGrantsNothing() {
        targets.mayReplyTo("$JS.ACK.x");
        assertThat(targets.of("$JS.ACK.x")).isInstanceOf(PublishTarget.Refused.class);
    }
}
