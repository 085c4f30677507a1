package ai.artcafe.gateway.reading;

import ai.artcafe.model.identity.Attribution;
import ai.artcafe.model.identity.TenantId;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * Counts what the gateway itself sends and receives for tenants, on behalf of their users: read
 * like a socket of {@link Attribution.Api}, one for each tenant, opened when there is something to
 * count and closed when there has been nothing for a while. Thread-safe.
 */
@ApplicationScoped
public class ApiMeters {

    static final Duration IDLE = Duration.ofMinutes(1);

    private final SocketReadings readings;
    private final Clock clock;
    private final Map<TenantId, Open> open = new ConcurrentHashMap<>();

    /** A meter, counted on and closed only while its entry in the map is held. */
    private record Open(SocketMeter meter, long usedAt) {}

    @FunctionalInterface
    private interface Count {
        void on(SocketMeter meter);
    }

    ApiMeters(SocketReadings readings, Clock clock) {
        this.readings = readings;
        this.clock = clock;
    }

    /** A message was taken in; bytes of its data as compact JSON. */
    public void published(TenantId tenant, int bytes) {
        count(tenant, meter -> meter.published(bytes));
    }

    /** A reply was handed to a user; bytes of its data as compact JSON. */
    public void delivered(TenantId tenant, int bytes) {
        count(tenant, meter -> meter.delivered(bytes));
    }

    /** A notice of the platform's own was sent, which nobody is billed for; bytes of its data. */
    public void control(TenantId tenant, int bytes) {
        count(tenant, meter -> meter.control(bytes));
    }

    private void count(TenantId tenant, Count count) {
        open.compute(
                tenant,
                (_, held) -> {
                    SocketMeter meter = held == null ? begin(tenant) : held.meter();
                    count.on(meter);
                    return new Open(meter, clock.millis());
                });
    }

    private SocketMeter begin(TenantId tenant) {
        SocketMeter meter =
                new SocketMeter(
                        UUID.randomUUID().toString(),
                        tenant,
                        new Attribution.Api(tenant),
                        Instant.ofEpochMilli(clock.millis()));
        readings.add(meter);
        return meter;
    }

    void closeIdle() {
        long idleSince = clock.millis() - IDLE.toMillis();
        open.keySet()
                .forEach(tenant ->
                        open.computeIfPresent(
                                tenant,
                                (_, held) -> held.usedAt() <= idleSince ? close(held) : held));
    }

    /** What is counted after this is read as well, as long as anything is. */
    void closeAll() {
        open.keySet().forEach(tenant -> open.computeIfPresent(tenant, (_, held) -> close(held)));
    }

    private static @Nullable Open close(Open held) {
        held.meter().close();
        return null;
    }
}
