package ai.artcafe.metrics.usage.export;

import ai.artcafe.metrics.telemetry.MetricNames;
import ai.artcafe.model.identity.TenantId;
import ai.artcafe.model.problem.ErrorCode;
import ai.artcafe.model.problem.ProblemException;
import io.micrometer.core.instrument.MeterRegistry;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.HashMap;
import java.util.Map;

/** How many files are given out at once. Thread-safe; guarded by itself. */
@ApplicationScoped
class ExportSlots {

    private static final String RETRY_AFTER_SECONDS = "10";

    private final ExportConfig config;
    private final Map<TenantId, Integer> taken = new HashMap<>();
    private int all;

    ExportSlots(ExportConfig config, MeterRegistry metrics) {
        this.config = config;
        metrics.gauge(MetricNames.RUNNING_EXPORTS, this, ExportSlots::taken);
    }

    private synchronized int taken() {
        return all;
    }

    /** One of them, until it is closed; closing it again does nothing. */
    final class Slot implements AutoCloseable {

        private final TenantId tenant;
        private boolean isOpen = true;

        private Slot(TenantId tenant) {
            this.tenant = tenant;
        }

        @Override
        public void close() {
            synchronized (ExportSlots.this) {
                if (isOpen) {
                    isOpen = false;
                    all--;
                    taken.computeIfPresent(tenant, (_, count) -> count == 1 ? null : count - 1);
                }
            }
        }
    }

    /**
     * @throws ProblemException {@code limit_exceeded} when there is none left
     */
    synchronized Slot take(TenantId tenant) {
        if (taken.getOrDefault(tenant, 0) >= config.perTenant()) {
            throw none("%d exports of this tenant are".formatted(config.perTenant()));
        }
        if (all >= config.atOnce()) {
            throw none("As many exports as possible are");
        }
        all++;
        taken.merge(tenant, 1, Integer::sum);
        return new Slot(tenant);
    }

    private static ProblemException none(String what) {
        return new ProblemException(
                ErrorCode.LIMIT_EXCEEDED,
                what + " being given out already.",
                Map.of("retry_after", RETRY_AFTER_SECONDS));
    }
}
