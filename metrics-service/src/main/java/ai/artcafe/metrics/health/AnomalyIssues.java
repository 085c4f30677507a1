package ai.artcafe.metrics.health;

import ai.artcafe.metrics.anomaly.AnomalySummary;
import ai.artcafe.metrics.anomaly.AnomalyView;
import ai.artcafe.metrics.health.Issue.Code;
import ai.artcafe.metrics.health.Issue.Severity;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** Anomalies that last. */
final class AnomalyIssues {

    private AnomalyIssues() {}

    static List<Issue> of(Optional<AnomalySummary> now) {
        return now.filter(summary -> summary.open() > 0).map(AnomalyIssues::issue).stream()
                .toList();
    }

    private static Issue issue(AnomalySummary summary) {
        Issue issue =
                Issue.of(
                                Code.ANOMALIES,
                                summary.worst().map(AnomalyIssues::severity).orElse(Severity.INFO),
                                summary.open() == 1
                                        ? "An anomaly lasts."
                                        : summary.open() + " anomalies last.")
                        .counting(summary.open());
        return summary.latest().size() < summary.open()
                ? issue
                : summary.latest().stream()
                        .map(AnomalyView::startedAt)
                        .min(Instant::compareTo)
                        .map(issue::since)
                        .orElse(issue);
    }

    private static Severity severity(ai.artcafe.model.anomaly.Severity worst) {
        return switch (worst) {
            case LOW -> Severity.INFO;
            case MEDIUM, HIGH -> Severity.WARNING;
            case CRITICAL -> Severity.CRITICAL;
        };
    }
}
