package ai.artcafe.system;

import ai.artcafe.model.identity.TenantId;
import ai.artcafe.system.client.Api;
import ai.artcafe.system.platform.Platform;
import ai.artcafe.system.platform.Service;
import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * The one platform that all system tests share, each with tenants of its own; its logs are kept
 * under {@code target}.
 */
final class RunningPlatform {

    private static final AtomicInteger TENANTS = new AtomicInteger();

    private static final Platform PLATFORM =
            Platform.builder(Path.of("target", "platform-" + ProcessHandle.current().pid()))
                    .slots(40)
                    // its JVMs live for minutes at most: too short for the second compiler to pay
                    .set("JAVA_TOOL_OPTIONS", "-XX:TieredStopAtLevel=1 -XX:+UseSerialGC")
                    .with(Service.GATEWAY)
                    .with(Service.TRACKER)
                    .with(Service.METRICS)
                    .start();

    static {
        Runtime.getRuntime().addShutdownHook(Thread.ofPlatform().unstarted(PLATFORM::close));
    }

    private RunningPlatform() {}

    static Platform platform() {
        return PLATFORM;
    }

    static Api api() {
        return new Api(
                PLATFORM.url(Service.GATEWAY),
                PLATFORM.url(Service.METRICS),
                PLATFORM.stack().tokens());
    }

    /** A tenant that no other test knows. */
    static TenantId newTenant(String plan) {
        TenantId tenant = new TenantId("tenant-" + TENANTS.incrementAndGet());
        api().createTenant(tenant, plan);
        return tenant;
    }
}
