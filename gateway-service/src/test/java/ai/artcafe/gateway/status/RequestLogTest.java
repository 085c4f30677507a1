package ai.artcafe.gateway.status;

import static org.assertj.core.api.Assertions.assertThat;

import ai.artcafe.model.identity.AgentId;
import ai.artcafe.model.identity.TenantId;
import ai.artcafe.model.subject.SubjectScheme;
import ai.artcafe.runtime.status.RequestParty;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RequestLogTest {

    private static final TenantId ACME = new TenantId("acme");
    private static final AgentId ASKER = new AgentId("asker");

    @ParameterizedTest
    @ValueSource(
            strings = {
                "tenant.acme.agent.bot.work",
                "tenant.acme.agent.bot.a.b.c",
                "tenant.acme.agent.bot",
                "acme.agent.bot.work",
                "agents.acme.agent.bot.work"
            })
    void aRequestToAnAgentIsBookedToIt(String subject) {
        assertThat(RequestLog.party(SubjectScheme.standard(), ACME, ASKER, subject))
                .isEqualTo(RequestParty.answering(ACME, new AgentId("bot")));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "tenant.acme.jobs.new",
                "tenant.acme.agentbot.x",
                "tenant.acme.agent.NOT-AN-ID.x",
                "tenant.evil.agent.bot.work",
                "_INBOX.x.agent.bot"
            })
    void anyOtherIsBookedToWhoAsks(String subject) {
        assertThat(RequestLog.party(SubjectScheme.standard(), ACME, ASKER, subject))
                .isEqualTo(RequestParty.asking(ACME, ASKER));
    }

    @Test
    void aTenantsNameThatIsPartOfAnothersIsAnother() {
        assertThat(
                        RequestLog.party(
                                SubjectScheme.standard(),
                                ACME,
                                ASKER,
                                "tenant.acme-two.agent.bot.work"))
                .isEqualTo(RequestParty.asking(ACME, ASKER));
    }
}
