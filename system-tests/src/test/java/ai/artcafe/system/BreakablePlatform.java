package ai.artcafe.system;

import ai.artcafe.model.identity.TenantId;
import ai.artcafe.system.client.Api;
import ai.artcafe.system.platform.Platform;
import ai.artcafe.system.platform.Service;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;

/**
 * The platform that is broken on purpose, in every way there is, one test after the other; each
 * test leaves it whole. Its records reach DynamoDB every two seconds, and it is less patient with
 * what is late than it should be elsewhere. A second gateway and a second tracker stand by.
 */
final class BreakablePlatform {

    private static final AtomicInteger TENANTS = new AtomicInteger();

    private static final Platform PLATFORM =
            Platform.builder(Path.of("target", "breakable-" + ProcessHandle.current().pid()))
                    .slots(60)
                    .throughProxies()
                    .set("ARTCAFE_ROLLUP_INTERVAL", "2s")
                    .set("ARTCAFE_RECONCILE_INTERVAL", "2s")
                    .set("ARTCAFE_RECONCILE_GATEWAY_PATIENCE", "10s")
                    .set("ARTCAFE_READING_GONE_AFTER", "20s")
                    // agents come and go much faster than agents do
                    .set("ARTCAFE_GATEWAY_AUTH_LIMITS_ADDRESS_PER_MINUTE", "1000000")
                    .set("ARTCAFE_GATEWAY_AUTH_LIMITS_ADDRESS_BURST", "1000000")
                    .set("ARTCAFE_GATEWAY_AUTH_LIMITS_AGENT_PER_MINUTE", "1000000")
                    .set("ARTCAFE_GATEWAY_AUTH_LIMITS_AGENT_BURST", "1000000")
                    // its JVMs live for minutes at most: too short for the second compiler to pay
                    .set("JAVA_TOOL_OPTIONS", "-XX:TieredStopAtLevel=1 -XX:+UseSerialGC")
                    .with(Service.GATEWAY)
                    .with(Service.TRACKER)
                    .with(Service.METRICS)
                    .withIdle(Service.GATEWAY)
                    .withIdle(Service.TRACKER)
                    .start();

    static {
        Runtime.getRuntime().addShutdownHook(Thread.ofPlatform().unstarted(PLATFORM::close));
    }

    private BreakablePlatform() {}

    static Platform platform() {
        return PLATFORM;
    }

    static Api api() {
        return api(1);
    }

    /**
     * Through one of the two gateways.
     *
     * @param gateway from 1
     */
    static Api api(int gateway) {
        return new Api(
                PLATFORM.url(Service.GATEWAY, gateway),
                PLATFORM.url(Service.METRICS),
                PLATFORM.stack().tokens());
    }

    /** Ids of tenants that no other test knows. */
    static List<TenantId> newTenants(int number) {
        return Stream.generate(() -> new TenantId("breakable-" + TENANTS.incrementAndGet()))
                .limit(number)
                .toList();
    }
}
