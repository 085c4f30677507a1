package ai.artcafe.metrics.health;

import com.fasterxml.jackson.annotation.JsonValue;
import java.util.List;
import java.util.Locale;

/** How a tenant is, all in all. */
public enum HealthStatus {
    HEALTHY,
    /** Something needs looking at. */
    DEGRADED,
    /** Something does not work. */
    UNHEALTHY,
    /** The figures are too old, or there are none. */
    UNKNOWN;

    @JsonValue
    public String id() {
        return name().toLowerCase(Locale.ROOT);
    }

    static HealthStatus of(List<Issue> issues) {
        if (issues.stream().anyMatch(issue -> issue.code().isBlinding())) {
            return UNKNOWN;
        }
        return issues.stream()
                .map(Issue::severity)
                .max(Issue.Severity::compareTo)
                .map(worst ->
                        switch (worst) {
                            case INFO -> HEALTHY;
                            case WARNING -> DEGRADED;
                            case CRITICAL -> UNHEALTHY;
                        })
                .orElse(HEALTHY);
    }
}
