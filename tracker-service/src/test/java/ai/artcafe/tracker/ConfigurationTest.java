package ai.artcafe.tracker;

import static org.assertj.core.api.Assertions.assertThat;

import ai.artcafe.tracker.anomaly.AnomalyConfig;
import ai.artcafe.tracker.flow.FlowFeedConfig;
import ai.artcafe.tracker.flow.FlowRollupConfig;
import ai.artcafe.tracker.forecast.ForecastConfig;
import ai.artcafe.tracker.ledger.BillingConfig;
import ai.artcafe.tracker.ledger.store.LedgerConfig;
import ai.artcafe.tracker.presence.PresenceConfig;
import ai.artcafe.tracker.reading.ReadingConfig;
import ai.artcafe.tracker.reconcile.ReconcileConfig;
import ai.artcafe.tracker.rollup.RollupConfig;
import ai.artcafe.tracker.tap.TapConfig;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ConfigurationTest {

    @Test
    void reading() {
        ReadingConfig defaults = Settings.of(ReadingConfig.class);
        assertThat(defaults.interval()).isEqualTo(Duration.ofSeconds(1));
        assertThat(defaults.patience()).isEqualTo(Duration.ofMillis(800));
        assertThat(defaults.maxConnections()).isEqualTo(1_000_000);
        assertThat(defaults.goneAfter()).isEqualTo(Duration.ofSeconds(90));
        assertThat(defaults.maxPendingBytes()).isEqualTo(512L << 20);
        assertThat(defaults.maxIdentityQueries()).isEqualTo(50);

        ReadingConfig set =
                Settings.of(
                        ReadingConfig.class,
                        Map.of(
                                "artcafe.reading.interval", "2s",
                                "artcafe.reading.patience", "1s",
                                "artcafe.reading.max-connections", "7",
                                "artcafe.reading.gone-after", "5m",
                                "artcafe.reading.max-pending-bytes", "8",
                                "artcafe.reading.max-identity-queries", "9"));
        assertThat(set.interval()).isEqualTo(Duration.ofSeconds(2));
        assertThat(set.patience()).isEqualTo(Duration.ofSeconds(1));
        assertThat(set.maxConnections()).isEqualTo(7);
        assertThat(set.goneAfter()).isEqualTo(Duration.ofMinutes(5));
        assertThat(set.maxPendingBytes()).isEqualTo(8);
        assertThat(set.maxIdentityQueries()).isEqualTo(9);
    }

    @Test
    void tap() {
        TapConfig defaults = Settings.of(TapConfig.class);
        assertThat(defaults.window()).isEqualTo(Duration.ofMillis(250));
        assertThat(defaults.dispatchers()).isEqualTo(1);
        assertThat(defaults.maxPendingMessages()).isEqualTo(1_000_000);
        assertThat(defaults.maxPendingBytes()).isEqualTo(256L << 20);
        assertThat(defaults.patience()).isEqualTo(Duration.ofMillis(150));
        assertThat(defaults.maxControlAgents()).isEqualTo(200_000);
        assertThat(defaults.overdueAfter()).isEqualTo(Duration.ofSeconds(3));
        assertThat(defaults.inspectedPerTenant()).isEqualTo(2500);
        assertThat(defaults.inspected()).isEqualTo(25_000);
    }

    @Test
    void flow_feed() {
        FlowFeedConfig defaults = Settings.of(FlowFeedConfig.class);
        assertThat(defaults.interval()).isEqualTo(Duration.ofMillis(100));
        assertThat(defaults.sketchInterval()).isEqualTo(Duration.ofMillis(500));
        assertThat(defaults.tenantsAtOnce()).isEqualTo(100);
        assertThat(defaults.concurrency()).isEqualTo(4);
        assertThat(defaults.timeout()).isEqualTo(Duration.ofSeconds(2));
        assertThat(defaults.minutesKept()).isEqualTo(3);
        assertThat(defaults.secondLife()).isEqualTo(Duration.ofMinutes(10));
        assertThat(defaults.minuteLife()).isEqualTo(Duration.ofHours(2));

        FlowFeedConfig set =
                Settings.of(
                        FlowFeedConfig.class,
                        Map.of(
                                "artcafe.flow.feed.interval", "1s",
                                "artcafe.flow.feed.sketch-interval", "2s",
                                "artcafe.flow.feed.tenants-at-once", "7",
                                "artcafe.flow.feed.concurrency", "8",
                                "artcafe.flow.feed.timeout", "9s",
                                "artcafe.flow.feed.minutes-kept", "10",
                                "artcafe.flow.feed.second-life", "1m",
                                "artcafe.flow.feed.minute-life", "3h"));
        assertThat(set.interval()).isEqualTo(Duration.ofSeconds(1));
        assertThat(set.sketchInterval()).isEqualTo(Duration.ofSeconds(2));
        assertThat(set.tenantsAtOnce()).isEqualTo(7);
        assertThat(set.concurrency()).isEqualTo(8);
        assertThat(set.timeout()).isEqualTo(Duration.ofSeconds(9));
        assertThat(set.minutesKept()).isEqualTo(10);
        assertThat(set.secondLife()).isEqualTo(Duration.ofMinutes(1));
        assertThat(set.minuteLife()).isEqualTo(Duration.ofHours(3));
    }

    @Test
    void ledger() {
        LedgerConfig defaults = Settings.of(LedgerConfig.class);
        assertThat(defaults.timeout()).isEqualTo(Duration.ofSeconds(5));
        assertThat(defaults.readingsPerScript()).isEqualTo(500);
        assertThat(defaults.concurrency()).isEqualTo(32);
        assertThat(defaults.detailLife()).isEqualTo(Duration.ofDays(8));
        assertThat(defaults.monthLife()).isEqualTo(Duration.ofDays(62));
        assertThat(defaults.closedLife()).isEqualTo(Duration.ofHours(1));
    }

    @Test
    void reconcile() {
        ReconcileConfig defaults = Settings.of(ReconcileConfig.class);
        assertThat(defaults.interval()).isEqualTo(Duration.ofSeconds(10));
        assertThat(defaults.settle()).isEqualTo(Duration.ofMillis(100));
        assertThat(defaults.attempts()).isEqualTo(2);
        assertThat(defaults.windowLimit()).isEqualTo(Duration.ofMinutes(5));
        assertThat(defaults.gatewayPatience()).isEqualTo(Duration.ofSeconds(30));
        assertThat(defaults.strikes()).isEqualTo(3);
        assertThat(defaults.findingLife()).isEqualTo(Duration.ofDays(30));

        ReconcileConfig set =
                Settings.of(
                        ReconcileConfig.class,
                        Map.of(
                                "artcafe.reconcile.interval", "2s",
                                "artcafe.reconcile.settle", "1ms",
                                "artcafe.reconcile.attempts", "7",
                                "artcafe.reconcile.window-limit", "1m",
                                "artcafe.reconcile.gateway-patience", "3s",
                                "artcafe.reconcile.strikes", "0",
                                "artcafe.reconcile.finding-life", "1d"));
        assertThat(set.interval()).isEqualTo(Duration.ofSeconds(2));
        assertThat(set.settle()).isEqualTo(Duration.ofMillis(1));
        assertThat(set.attempts()).isEqualTo(7);
        assertThat(set.windowLimit()).isEqualTo(Duration.ofMinutes(1));
        assertThat(set.gatewayPatience()).isEqualTo(Duration.ofSeconds(3));
        assertThat(set.strikes()).isZero();
        assertThat(set.findingLife()).isEqualTo(Duration.ofDays(1));
    }

    @Test
    void flowRollup() {
        FlowRollupConfig defaults = Settings.of(FlowRollupConfig.class);
        assertThat(defaults.interval()).isEqualTo(Duration.ofSeconds(1));
        assertThat(defaults.spansAtOnce()).isEqualTo(2000);
        assertThat(defaults.tenantsAtOnce()).isEqualTo(8);
        assertThat(defaults.secondLook()).isEqualTo(Duration.ofMinutes(4));
        assertThat(defaults.retry()).isEqualTo(Duration.ofSeconds(30));
        assertThat(defaults.giveUp()).isEqualTo(Duration.ofHours(2));
        assertThat(
                        Settings.of(
                                        FlowRollupConfig.class,
                                        Map.of("artcafe.flow-rollup.second-look", "1m"))
                                .secondLook())
                .isEqualTo(Duration.ofMinutes(1));
    }

    @Test
    void billing() {
        assertThat(Settings.of(BillingConfig.class).grace()).isEqualTo(Duration.ofHours(72));
        assertThat(Settings.of(BillingConfig.class, Map.of("artcafe.billing.grace", "24h")).grace())
                .isEqualTo(Duration.ofDays(1));
    }

    @Test
    void rollup() {
        RollupConfig defaults = Settings.of(RollupConfig.class);
        assertThat(defaults.interval()).isEqualTo(Duration.ofSeconds(60));
        assertThat(defaults.concurrency()).isEqualTo(32);
        assertThat(defaults.attempts()).isEqualTo(10);
        assertThat(defaults.writesPerSecond()).isEqualTo(1000);
        assertThat(defaults.tenantsAtOnce()).isEqualTo(4);
        assertThat(defaults.recoveryLife()).isEqualTo(Duration.ofDays(8));
        assertThat(defaults.backoff()).isEqualTo(Duration.ofMillis(100));
        assertThat(defaults.snapshotLife()).isEqualTo(Duration.ofDays(30));
        assertThat(defaults.sessionLife()).isEqualTo(Duration.ofDays(62));
        assertThat(defaults.rollupLife()).isEqualTo(Duration.ofDays(400));
    }

    @Test
    void anomaly() {
        AnomalyConfig defaults = Settings.of(AnomalyConfig.class);
        assertThat(defaults.maxTenants()).isEqualTo(2_000);
        assertThat(defaults.rebuildsPerSecond()).isEqualTo(3);
        assertThat(defaults.silence()).isEqualTo(Duration.ofSeconds(45));
        assertThat(defaults.endAfterMinutes()).isEqualTo(5);
        assertThat(defaults.minMessages()).isEqualTo(100);
        assertThat(defaults.minBytes()).isEqualTo(1_000_000);
        assertThat(defaults.rateFactor()).isEqualTo(10);
        assertThat(defaults.rateWarmUp()).isEqualTo(Duration.ofHours(2));
        assertThat(defaults.errorRate()).isEqualTo(0.1);
        assertThat(defaults.minAttempts()).isEqualTo(100);
        assertThat(defaults.minErrors()).isEqualTo(20);
        assertThat(defaults.newSubjects()).isEqualTo(0.2);
        assertThat(defaults.minNewSubjects()).isEqualTo(50);
        assertThat(defaults.subjectsWarmUp()).isEqualTo(Duration.ofHours(24));
        assertThat(defaults.authFailures()).isEqualTo(20);
        assertThat(defaults.minAgents()).isEqualTo(5);
        assertThat(defaults.minEntropy()).isEqualTo(1.5);
        assertThat(defaults.forestWarmUpMinutes()).isEqualTo(360);
        assertThat(defaults.forestGrade()).isEqualTo(0.1);
        assertThat(
                        Settings.of(
                                        AnomalyConfig.class,
                                        Map.of("artcafe.anomaly.forest-warm-up-minutes", "7"))
                                .forestWarmUpMinutes())
                .isEqualTo(7);
    }

    @Test
    void forecast() {
        ForecastConfig defaults = Settings.of(ForecastConfig.class);
        assertThat(defaults.perSecond()).isEqualTo(1);
        assertThat(defaults.delay()).isEqualTo(Duration.ofMinutes(3));
        assertThat(defaults.minHistoryHours()).isEqualTo(72);
        assertThat(defaults.maxHistoryHours()).isEqualTo(840);
    }

    @Test
    void presence() {
        PresenceConfig defaults = Settings.of(PresenceConfig.class);
        assertThat(defaults.degradedAfter()).isEqualTo(Duration.ofSeconds(45));
        assertThat(defaults.unhealthyAfter()).isEqualTo(Duration.ofSeconds(75));
        assertThat(defaults.offlineAfter()).isEqualTo(Duration.ofSeconds(90));
        assertThat(defaults.interval()).isEqualTo(Duration.ofMillis(100));
        assertThat(defaults.checkEvery()).isEqualTo(Duration.ofSeconds(15));
        assertThat(defaults.historyEvery()).isEqualTo(Duration.ofSeconds(2));
        assertThat(defaults.maxWaiting()).isEqualTo(200_000);
        assertThat(defaults.maxWaitingBytes()).isEqualTo(64L << 20);
        assertThat(defaults.maxPayload()).isEqualTo(16 << 10);
        assertThat(defaults.maxMetrics()).isEqualTo(32);
        assertThat(defaults.maxConnections()).isEqualTo(64);
        assertThat(defaults.rememberedConnections()).isEqualTo(200_000);
        assertThat(defaults.maxChanges()).isEqualTo(1000);
        assertThat(defaults.agentsPerScript()).isEqualTo(200);
        assertThat(defaults.concurrency()).isEqualTo(16);
        assertThat(defaults.maxErrorFields()).isEqualTo(1000);
    }
}
