package ai.artcafe.tracker.flow;

import static org.assertj.core.api.Assertions.assertThat;

import ai.artcafe.model.flow.FlowSpan;
import ai.artcafe.model.identity.TenantId;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class DueSpanTest {

    private static final Instant AT = Instant.parse("2026-11-20T23:59:30Z");
    private static final TenantId TENANT = new TenantId("acme");

    @Test
    void members_are_read_back() {
        for (FlowSpan span : FlowSpan.values()) {
            DueSpan due = new DueSpan(TENANT, span, AT);
            assertThat(DueSpan.parse(due.member())).contains(due);
        }
        assertThat(DueSpan.parse("M acme 202611202359"))
                .contains(new DueSpan(TENANT, FlowSpan.MINUTE, AT));
    }

    @Test
    void what_is_no_member_is_none() {
        for (String text :
                new String[] {
                    "",
                    "M",
                    "M acme",
                    "X acme 202611202359",
                    "M ACME! 202611202359",
                    "M acme 20261120",
                    "M acme 202611202359 x",
                    "H acme 202611202399"
                }) {
            assertThat(DueSpan.parse(text)).as(text).isEmpty();
        }
    }

    @Test
    void each_is_due_when_what_it_is_made_of_has_come() {
        assertThat(new DueSpan(TENANT, FlowSpan.MINUTE, AT).due())
                .isEqualTo("2026-11-21T00:00:05Z");
        assertThat(new DueSpan(TENANT, FlowSpan.HOUR, AT).due()).isEqualTo("2026-11-21T00:01:00Z");
        assertThat(new DueSpan(TENANT, FlowSpan.DAY, AT).due()).isEqualTo("2026-11-21T00:02:00Z");
    }
}
