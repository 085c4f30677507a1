package ai.artcafe.system;

import ai.artcafe.model.identity.AgentId;
import ai.artcafe.model.identity.TenantId;
import ai.artcafe.model.usage.UsageTotals;
import ai.artcafe.stack.demo.SshIdentity;
import ai.artcafe.system.client.Api;
import ai.artcafe.system.client.RoamingAgent;
import ai.artcafe.system.load.AccountedLoad;
import ai.artcafe.system.load.Truth;
import ai.artcafe.system.platform.Platform;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.locks.LockSupport;
import java.util.concurrent.locks.ReentrantReadWriteLock;
import org.awaitility.Awaitility;
import org.awaitility.core.ConditionFactory;

/**
 * Agents of several tenants on two gateways, and at the NATS door, who go on talking while gateways
 * go away and come back. Runs until it is closed.
 */
final class RestartLoad implements AccountedLoad {

    private static final Duration PATIENCE = Duration.ofSeconds(120);
    private static final int PAUSE_MS = 100;

    private final Instant began = Instant.now();
    private final List<RestartTenant> tenants;
    private final List<Thread> threads = new ArrayList<>();
    private final ReentrantReadWriteLock resting = new ReentrantReadWriteLock(true);
    private volatile boolean closing;

    private RestartLoad(List<RestartTenant> tenants) {
        this.tenants = List.copyOf(tenants);
    }

    /** Registers everybody, and begins when all listen. */
    static RestartLoad begin(Platform platform, List<TenantId> ids, int speakers) throws Exception {
        List<Api> gateways = List.of(BreakablePlatform.api(1), BreakablePlatform.api(2));
        SshIdentity key =
                SshIdentity.in(platform.stack().keysDirectory().resolve("roaming-agents.key"));
        List<RestartTenant> tenants = new ArrayList<>();
        for (TenantId id : ids) {
            tenants.add(
                    RestartTenant.begin(gateways, platform.stack().natsUrl(), id, key, speakers));
        }
        RestartLoad load = new RestartLoad(tenants);
        load.awaitListeners();
        for (RestartTenant tenant : tenants) {
            tenant.speakers().forEach(speaker -> load.go(() -> tenant.speak(speaker)));
            load.go(tenant::ask);
        }
        return load;
    }

    private void go(Runnable deed) {
        threads.add(Thread.ofVirtual().start(() -> keepOn(deed)));
    }

    private void keepOn(Runnable deed) {
        while (!closing) {
            resting.readLock().lock();
            try {
                deed.run();
            } finally {
                resting.readLock().unlock();
            }
            LockSupport.parkNanos(
                    Duration.ofMillis(ThreadLocalRandom.current().nextLong(2 * PAUSE_MS))
                            .toNanos());
        }
    }

    List<RestartTenant> tenants() {
        return tenants;
    }

    List<RoamingAgent> speakers() {
        return tenants.stream().flatMap(tenant -> tenant.speakers().stream()).toList();
    }

    /** Returns when every speaker has had so many more messages acknowledged. */
    void carry(int messages) {
        Map<RoamingAgent, Integer> before = new HashMap<>();
        speakers().forEach(speaker -> before.put(speaker, speaker.progress()));
        await("everybody to be heard")
                .until(() ->
                        before.entrySet().stream()
                                .allMatch(speaker ->
                                        speaker.getKey().progress()
                                                >= speaker.getValue() + messages));
    }

    /** Returns when somebody listens on both gateways. */
    void awaitListeners() {
        await("listeners on both gateways")
                .until(() -> tenants.stream().allMatch(RestartTenant::isHeardOnBothGateways));
    }

    @Override
    public void rest() {
        resting.writeLock().lock();
        for (RestartTenant tenant : tenants) {
            await("all replies in " + tenant.id()).until(tenant::isSettled);
        }
        tenants.forEach(RestartTenant::sayLastWords);
        for (RestartTenant tenant : tenants) {
            await("the last words in " + tenant.id()).until(tenant::hasHeardLastWords);
        }
    }

    @Override
    public void resume() {
        resting.writeLock().unlock();
    }

    @Override
    public Truth truth() {
        Map<TenantId, Map<AgentId, UsageTotals>> usage = new HashMap<>();
        tenants.forEach(tenant -> usage.put(tenant.id(), tenant.carried()));
        return new Truth(0, usage);
    }

    @Override
    public Instant began() {
        return began;
    }

    @Override
    public List<String> doubts() {
        return tenants.stream().flatMap(tenant -> tenant.doubts().stream()).toList();
    }

    @Override
    public void close() {
        closing = true;
        tenants.forEach(RestartTenant::close);
    }

    private static ConditionFactory await(String what) {
        return Awaitility.await(what).atMost(PATIENCE).pollInterval(Duration.ofMillis(50));
    }
}
