package ai.artcafe.metrics.health;

import static org.assertj.core.api.Assertions.assertThat;

import ai.artcafe.metrics.health.Issue.Code;
import ai.artcafe.metrics.health.Issue.Severity;
import java.util.List;
import org.junit.jupiter.api.Test;

class HealthStatusTest {

    private static final Issue NOTE = Issue.of(Code.ANOMALIES, Severity.INFO, "one");
    private static final Issue WARNING = Issue.of(Code.GAPS, Severity.WARNING, "one");
    private static final Issue CRITICAL = Issue.of(Code.AGENTS_UNHEALTHY, Severity.CRITICAL, "one");

    @Test
    void theWorstIssueDecides() {
        assertThat(HealthStatus.of(List.of())).isEqualTo(HealthStatus.HEALTHY);
        assertThat(HealthStatus.of(List.of(NOTE))).isEqualTo(HealthStatus.HEALTHY);
        assertThat(HealthStatus.of(List.of(NOTE, WARNING))).isEqualTo(HealthStatus.DEGRADED);
        assertThat(HealthStatus.of(List.of(WARNING, CRITICAL, NOTE)))
                .isEqualTo(HealthStatus.UNHEALTHY);
    }

    @Test
    void figuresThatAreTooOldLeaveItUnknown() {
        Issue stale = Issue.of(Code.DATA_STALE, Severity.CRITICAL, "old");
        assertThat(HealthStatus.of(List.of(CRITICAL, stale))).isEqualTo(HealthStatus.UNKNOWN);
    }
}
