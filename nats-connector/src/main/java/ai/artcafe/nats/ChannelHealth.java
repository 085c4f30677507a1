package ai.artcafe.nats;

import ai.artcafe.nats.connection.LastingConnection;
import io.smallrye.reactive.messaging.health.HealthReport;
import java.util.Optional;

/**
 * How a channel is. A stopped one is not alive. One without a connection is not ready, but alive:
 * it connects by itself, and a new process would find no server either.
 *
 * @param enabled whether it shows in the health of the service at all
 * @param failure what stopped it
 * @param overflow messages it dropped since the start
 */
record ChannelHealth(
        String channel,
        boolean enabled,
        Optional<Throwable> failure,
        LastingConnection connection,
        long overflow) {

    void addReadiness(HealthReport.HealthReportBuilder report) {
        if (!enabled) {
            return;
        }
        if (failure.isPresent()) {
            report.add(channel, false, stopped());
        } else if (!connection.isConnected()) {
            report.add(
                    channel,
                    false,
                    "NATS connection '%s': %s".formatted(connection.name(), connection.fault()));
        } else if (overflow > 0) {
            report.add(channel, true, "%d messages dropped since the start".formatted(overflow));
        } else {
            report.add(channel, true);
        }
    }

    void addLiveness(HealthReport.HealthReportBuilder report) {
        if (!enabled) {
            return;
        }
        if (failure.isPresent()) {
            report.add(channel, false, stopped());
        } else {
            report.add(channel, true);
        }
    }

    private String stopped() {
        return "stopped after a failure: " + failure.map(Throwable::toString).orElse("");
    }
}
