package ai.artcafe.gateway.telemetry;

import ai.artcafe.model.problem.ErrorCode;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.function.DoubleSupplier;

/** The meters of the dashboards' door. Prometheus shows them with {@code _} for the dots. */
@ApplicationScoped
public class DashboardMeters {

    /** Open dashboard sockets. */
    public static final String DASHBOARDS = "artcafe.gateway.dashboards";

    /** Attempts to open one; tag {@code outcome}, {@code accepted} or the error's code. */
    public static final String ATTEMPTS = "artcafe.gateway.dashboards.attempts";

    /** Dashboard sockets closed by the gateway; tag {@code code}. */
    public static final String CLOSED = "artcafe.gateway.dashboards.closed";

    /** Messages of a previewed subject; tag {@code outcome}: delivered, suppressed, dropped. */
    public static final String PREVIEWS = "artcafe.gateway.previews";

    /** Times that previews were cut off because a client could not keep up. */
    public static final String PAUSED = "artcafe.gateway.previews.paused";

    /** Messages of watched channels; tag {@code outcome}: delivered, dropped. */
    public static final String CHANNEL_MESSAGES = "artcafe.gateway.channel.messages";

    /** Messages for dashboards that NATS sent faster than they were looked at. */
    public static final String DROPPED = "artcafe.gateway.dashboards.dropped";

    /**
     * Live pictures asked of the metrics services; tag {@code outcome}: fresh, stale, refused,
     * away.
     */
    public static final String PICTURES = "artcafe.gateway.pictures";

    private static final String OUTCOME = "outcome";
    private static final String DELIVERED = "delivered";

    private final MeterRegistry registry;
    private final Counter previewed;
    private final Counter suppressed;
    private final Counter previewsDropped;
    private final Counter paused;
    private final Counter channelDelivered;
    private final Counter channelDropped;

    public DashboardMeters(MeterRegistry registry) {
        this.registry = registry;
        this.previewed = registry.counter(PREVIEWS, OUTCOME, DELIVERED);
        this.suppressed = registry.counter(PREVIEWS, OUTCOME, "suppressed");
        this.previewsDropped = registry.counter(PREVIEWS, OUTCOME, "dropped");
        this.paused = registry.counter(PAUSED);
        this.channelDelivered = registry.counter(CHANNEL_MESSAGES, OUTCOME, DELIVERED);
        this.channelDropped = registry.counter(CHANNEL_MESSAGES, OUTCOME, "dropped");
    }

    /**
     * @param outcome {@code accepted}, or the error's code
     */
    public void attempted(String outcome) {
        registry.counter(ATTEMPTS, OUTCOME, outcome).increment();
    }

    public void closed(ErrorCode code) {
        registry.counter(CLOSED, "code", code.code()).increment();
    }

    public void previewed() {
        previewed.increment();
    }

    public void suppressed() {
        suppressed.increment();
    }

    public void dropped() {
        previewsDropped.increment();
    }

    public void paused() {
        paused.increment();
    }

    public void channelMessage(boolean delivered) {
        (delivered ? channelDelivered : channelDropped).increment();
    }

    /**
     * @param outcome {@code fresh}, {@code stale}, {@code refused} or {@code away}
     */
    public void picture(String outcome) {
        registry.counter(PICTURES, OUTCOME, outcome).increment();
    }

    /** Watches numbers that others keep. */
    public void watch(DoubleSupplier sockets, DoubleSupplier dropped) {
        gauge(DASHBOARDS, sockets);
        gauge(DROPPED, dropped);
    }

    private void gauge(String name, DoubleSupplier value) {
        Gauge.builder(name, value, DoubleSupplier::getAsDouble)
                .strongReference(true)
                .register(registry);
    }
}
