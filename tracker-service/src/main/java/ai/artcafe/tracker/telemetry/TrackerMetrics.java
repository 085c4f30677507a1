package ai.artcafe.tracker.telemetry;

import ai.artcafe.model.anomaly.AnomalyType;
import ai.artcafe.model.flow.FlowSpan;
import ai.artcafe.model.flow.TapMode;
import ai.artcafe.model.usage.Adjustment;
import ai.artcafe.model.usage.Traffic;
import ai.artcafe.tracker.Tracker;
import ai.artcafe.tracker.anomaly.AnomalyWatch;
import ai.artcafe.tracker.flow.RollupCounts;
import ai.artcafe.tracker.forecast.ForecastRound;
import ai.artcafe.tracker.presence.Figures;
import ai.artcafe.tracker.presence.Ignored;
import ai.artcafe.tracker.presence.Presence;
import ai.artcafe.tracker.reading.GatewayFeed;
import ai.artcafe.tracker.reconcile.Progress;
import ai.artcafe.tracker.reconcile.Witness;
import ai.artcafe.tracker.status.StatusFeed;
import ai.artcafe.tracker.tap.TapWindow;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import jakarta.annotation.PreDestroy;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Locale;
import java.util.function.ToDoubleFunction;

/** Every meter of the tracker, by the name that it has in Prometheus. */
@ApplicationScoped
public class TrackerMetrics {

    /** NATS connections that are watched. */
    static final String CONNECTIONS = "artcafe_ledger_connections";

    /** Connections with a reading that is not in Redis yet. */
    static final String FRESH = "artcafe_ledger_fresh_connections";

    /** Seconds since a NATS server last answered a poll. */
    static final String ANSWER_AGE = "artcafe_ledger_poll_age_seconds";

    /** Seconds since everything that was read was in Redis. */
    static final String APPLIED_AGE = "artcafe_ledger_applied_age_seconds";

    /** Notices to the gateways of who is over a limit at the NATS door; {@code outcome}. */
    public static final String LIMIT_NOTICES = "artcafe_limit_notices_total";

    /** Seconds that the last round took, from the poll to Redis. */
    static final String ROUND = "artcafe_ledger_round_seconds";

    /** Readings taken into the ledger from NATS servers. */
    static final String READINGS = "artcafe_ledger_readings";

    /** Connections that ended without their final counters. */
    static final String VANISHED = "artcafe_ledger_vanished_connections";

    /** Closed connections whose name could not be trusted; their traffic is not attributed. */
    static final String DOUBTFUL = "artcafe_ledger_doubtful_connections";

    /** Sightings of connections that memory had no room for. */
    static final String REFUSED = "artcafe_ledger_refused_sightings";

    /** How often a server's ring had lost closed connections before they were read. */
    static final String RING_OVERRUNS = "artcafe_ledger_ring_overruns";

    /** Connections whose traffic is not in the ledger, or not all of it. */
    static final String UNACCOUNTED = "artcafe_ledger_unaccounted_connections";

    /** Batches of gateways that could not be read. */
    static final String UNREADABLE = "artcafe_ledger_unreadable_batches";

    /** Reports of gateways on themselves that could not be read. */
    static final String STATUS_UNREADABLE = "artcafe_status_unreadable_reports";

    /** Seconds since all that had changed was in DynamoDB. */
    static final String ROLLUP_AGE = "artcafe_ledger_rollup_age_seconds";

    /** Items written to DynamoDB. */
    static final String ROLLUP_ITEMS = "artcafe_ledger_rollup_items";

    /** Flushes of a tenant that were begun anew because another tracker wrote it. */
    static final String ROLLUP_CONFLICTS = "artcafe_ledger_rollup_conflicts";

    /** Whether Redis holds the ledger of all tenants, 1, or is being brought back, 0. */
    static final String COMPLETE = "artcafe_ledger_brought_back";

    /** Polls of the NATS servers that were answered and are in the ledger. */
    static final String POLLS = "artcafe_ledger_polls_total";

    /** Sources that ended without a last word. */
    static final String GAPS = "artcafe_ledger_gaps_total";

    /** Messages by which the witnesses differ, with nothing booked for it; 0 but on the leader. */
    static final String DRIFT = "artcafe_ledger_drift_messages";

    /** Messages that were booked as adjustments, or taken off; {@code reason}. */
    static final String ADJUSTED = "artcafe_ledger_adjusted_messages_total";

    /** Windows in which the witnesses were compared. */
    static final String WINDOWS = "artcafe_ledger_reconciled_windows_total";

    /** Seconds since all tenants were last compared; not a number but on the leader. */
    static final String RECONCILED_AGE = "artcafe_ledger_reconciled_age_seconds";

    /** 1 on the tracker that reconciles. */
    static final String LEADING = "artcafe_ledger_reconciling";

    /** 1 while a witness is missing; {@code witness} is server, tap or gateways. */
    static final String MISSING = "artcafe_ledger_missing_witness";

    /** Findings of the reconciliation. */
    static final String FINDINGS = "artcafe_ledger_findings_total";

    /** Strikes that agents were given. */
    static final String STRIKES = "artcafe_ledger_strikes_total";

    /** Agents that were disabled. */
    static final String DISABLED = "artcafe_ledger_disabled_agents_total";

    /** Messages the tap has counted. */
    static final String TAP_MESSAGES = "artcafe_tap_messages";

    /** Their bytes. */
    static final String TAP_BYTES = "artcafe_tap_bytes";

    /** Heartbeats, presence and self-reports among them. */
    static final String TAP_CONTROL = "artcafe_tap_control_messages";

    /** Control messages that were not told apart for want of room. */
    static final String TAP_CONTROL_REFUSED = "artcafe_tap_control_refused";

    /** Messages the tap lost because it was too slow. */
    static final String TAP_DROPPED = "artcafe_tap_dropped_messages";

    /** How often the tap was too slow. */
    static final String TAP_OVERFLOWS = "artcafe_tap_overflows";

    /**
     * Spans of tenants' flow that were written to DynamoDB; {@code span} is minute, hour or day.
     */
    static final String FLOW_ROLLUPS = "artcafe_flow_rollups_total";

    /** Spans whose rollup failed and is tried again; {@code span} as above. */
    static final String FLOW_ROLLUP_FAILURES = "artcafe_flow_rollup_failures_total";

    /** Seconds that the most overdue span has been waiting; not a number but on the leader. */
    static final String FLOW_ROLLUP_LAG = "artcafe_flow_rollup_lag_seconds";

    /** Trackers' shares of minutes that could not be read. */
    static final String FLOW_UNREADABLE = "artcafe_flow_unreadable_shares_total";

    /** Minutes of tenants' flow that a detector did not take in. */
    static final String FLOW_DEAF = "artcafe_flow_minutes_not_taken_in_total";

    /** Messages that the tap has looked at in detail. */
    static final String TAP_INSPECTED = "artcafe_tap_inspected_messages";

    /** Those among them that say that they were sent when they cannot have been. */
    static final String TAP_IMPLAUSIBLE = "artcafe_tap_implausible_sent_at";

    /** Messages in slots that no tenant is known to be in. */
    static final String TAP_UNKNOWN = "artcafe_tap_unknown_slot_messages";

    /** Slots of tenants; {@code mode} is full, sampled or off. */
    static final String TAP_SLOTS = "artcafe_tap_slots";

    /** Minutes of tenants that were lost because Redis was away. */
    static final String FLOW_LOST = "artcafe_flow_lost_minutes";

    /** Seconds since all that the tap had seen was in Redis. */
    static final String FLOW_AGE = "artcafe_flow_age_seconds";

    /** Agents of which something was heard that is not in Redis yet. */
    static final String PRESENCE_WAITING = "artcafe_presence_waiting_agents";

    /** Seconds since all that was heard was in Redis. */
    static final String PRESENCE_AGE = "artcafe_presence_age_seconds";

    /** Changes of agents' status that this tracker saw; {@code change} is join, leave or other. */
    static final String PRESENCE_CHANGES = "artcafe_presence_changes_total";

    /** Signs of life, or parts of them, that were not taken in; {@code reason}. */
    static final String PRESENCE_IGNORED = "artcafe_presence_ignored_total";

    /** Changes written to the history in DynamoDB. */
    static final String PRESENCE_WRITTEN = "artcafe_presence_history_items_total";

    /** Changes that Redis had dropped before they were written there. */
    static final String PRESENCE_LOST = "artcafe_presence_history_lost_total";

    /** Errors that gateways told of; {@code counted} is false while Redis was away. */
    static final String SIGNALLED_ERRORS = "artcafe_flow_signalled_errors_total";

    /** Tenants whose minutes are looked at for anomalies. */
    static final String ANOMALY_TENANTS = "artcafe_anomaly_tenants";

    /** Those of them whose models are being built. */
    static final String ANOMALY_UNBUILT = "artcafe_anomaly_unbuilt_models";

    /** Minutes of tenants that were judged. */
    static final String ANOMALY_MINUTES = "artcafe_anomaly_minutes_total";

    /** Minutes that were not judged: {@code reason} is unknown or no_room. */
    static final String ANOMALY_MISSED = "artcafe_anomaly_missed_minutes_total";

    /** Models that were built from what had been rolled up before. */
    static final String ANOMALY_REBUILDS = "artcafe_anomaly_rebuilds_total";

    /** Anomalies that began; {@code type}. */
    static final String ANOMALIES = "artcafe_anomalies_total";

    /** Alerts of them on the bus; {@code outcome} is sent or dropped. */
    public static final String ANOMALY_ALERTS = "artcafe_anomaly_alerts_total";

    /** Forecasts; {@code outcome} is made or failed. */
    static final String FORECASTS = "artcafe_forecasts_total";

    /** Anomalies that wait to be written. */
    static final String ANOMALY_UNWRITTEN = "artcafe_anomaly_unwritten";

    private final MeterRegistry registry;
    private final Clock clock;
    private final Counter tapMessages;
    private final Counter tapBytes;

    TrackerMetrics(
            MeterRegistry registry,
            GatewayFeed gateways,
            StatusFeed statuses,
            Presence presence,
            Clock clock) {
        this.registry = registry;
        this.clock = clock;
        this.tapMessages = registry.counter(TAP_MESSAGES);
        this.tapBytes = registry.counter(TAP_BYTES);
        FunctionCounter.builder(UNREADABLE, gateways, GatewayFeed::unreadable).register(registry);
        FunctionCounter.builder(STATUS_UNREADABLE, statuses, StatusFeed::refused)
                .register(registry);
        watch(presence);
    }

    private void watch(Presence presence) {
        Figures figures = presence.figures();
        Gauge.builder(PRESENCE_WAITING, presence, Presence::waiting).register(registry);
        Gauge.builder(PRESENCE_AGE, presence, p -> age(p.lastRun())).register(registry);
        changes("join", figures, Figures::joins);
        changes("leave", figures, Figures::leaves);
        changes("other", figures, f -> f.changes() - f.joins() - f.leaves());
        for (Ignored reason : Ignored.values()) {
            FunctionCounter.builder(PRESENCE_IGNORED, figures, f -> f.ignored(reason))
                    .tag("reason", reason.id())
                    .register(registry);
        }
        FunctionCounter.builder(PRESENCE_WRITTEN, figures, Figures::written).register(registry);
        FunctionCounter.builder(PRESENCE_LOST, figures, Figures::lost).register(registry);
        FunctionCounter.builder(SIGNALLED_ERRORS, figures, Figures::errors)
                .tag("counted", "true")
                .register(registry);
        FunctionCounter.builder(SIGNALLED_ERRORS, figures, Figures::errorsDropped)
                .tag("counted", "false")
                .register(registry);
    }

    private void changes(String change, Figures figures, ToDoubleFunction<Figures> value) {
        FunctionCounter.builder(PRESENCE_CHANGES, figures, value)
                .tag("change", change)
                .register(registry);
    }

    /** Counts a window of the tap. */
    public void window(TapWindow window) {
        Traffic total = window.total();
        tapMessages.increment(total.messages());
        tapBytes.increment(total.bytes());
    }

    /** Registers what is read off the tracker. */
    public void bind(Tracker tracker) {
        gauge(CONNECTIONS, tracker, t -> t.table().size());
        gauge(FRESH, tracker, t -> t.table().freshCount());
        gauge(ANSWER_AGE, tracker, t -> age(t.feed().lastAnswer()));
        gauge(APPLIED_AGE, tracker, t -> age(t.feed().lastApplied()));
        gauge(ROUND, tracker, t -> seconds(t.feed().lastRound()));
        gauge(ROLLUP_AGE, tracker, t -> age(t.flush().lastComplete()));
        gauge(COMPLETE, tracker, t -> t.recovery().isComplete() ? 1 : 0);
        count(ROLLUP_ITEMS, tracker, t -> t.flush().items());
        count(ROLLUP_CONFLICTS, tracker, t -> t.flush().conflicts());
        count(READINGS, tracker, t -> t.feed().readings());
        count(VANISHED, tracker, t -> t.table().vanished());
        count(DOUBTFUL, tracker, t -> t.table().doubtful());
        count(UNACCOUNTED, tracker, t -> t.table().unaccounted());
        count(RING_OVERRUNS, tracker, t -> t.feed().ringOverruns());
        count(REFUSED, tracker, t -> t.table().refused());
        count(TAP_CONTROL, tracker, t -> t.control().messages());
        count(TAP_CONTROL_REFUSED, tracker, t -> t.control().refused());
        count(TAP_DROPPED, tracker, t -> t.tap().dropped());
        count(TAP_OVERFLOWS, tracker, t -> t.tap().overflows());
        count(POLLS, tracker, t -> t.feed().rounds());
        count(GAPS, tracker, t -> t.feed().gone() + t.silent().gone());
        count(TAP_INSPECTED, tracker, t -> t.intake().inspected());
        count(TAP_IMPLAUSIBLE, tracker, t -> t.intake().implausible());
        count(TAP_UNKNOWN, tracker, t -> t.flow().unknown());
        count(FLOW_LOST, tracker, t -> t.flow().lost());
        gauge(FLOW_AGE, tracker, t -> age(t.flow().toldThrough()));
        for (TapMode.Kind mode : TapMode.Kind.values()) {
            Gauge.builder(TAP_SLOTS, tracker, t -> t.slots().count(mode))
                    .tag("mode", mode.id())
                    .register(registry);
        }
        reconciliation(tracker);
    }

    /** Registers what is read off the watch over anomalies. */
    public void bind(AnomalyWatch watch) {
        Gauge.builder(ANOMALY_TENANTS, watch, AnomalyWatch::tenants).register(registry);
        Gauge.builder(ANOMALY_UNBUILT, watch, AnomalyWatch::unbuilt).register(registry);
        Gauge.builder(ANOMALY_UNWRITTEN, watch, AnomalyWatch::unwritten).register(registry);
        FunctionCounter.builder(ANOMALY_MINUTES, watch, w -> w.counts().minutes())
                .register(registry);
        FunctionCounter.builder(ANOMALY_REBUILDS, watch, w -> w.counts().rebuilds())
                .register(registry);
        FunctionCounter.builder(ANOMALY_MISSED, watch, w -> w.counts().lostMinutes())
                .tag("reason", "unknown")
                .register(registry);
        FunctionCounter.builder(ANOMALY_MISSED, watch, w -> w.counts().refusedTenants())
                .tag("reason", "no_room")
                .register(registry);
        for (AnomalyType type : AnomalyType.values()) {
            FunctionCounter.builder(ANOMALIES, watch, w -> w.counts().found(type))
                    .tag("type", type.id())
                    .register(registry);
        }
    }

    /** Registers what is read off the forecasts. */
    public void bind(ForecastRound forecasts) {
        FunctionCounter.builder(FORECASTS, forecasts, ForecastRound::made)
                .tag("outcome", "made")
                .register(registry);
        FunctionCounter.builder(FORECASTS, forecasts, ForecastRound::failed)
                .tag("outcome", "failed")
                .register(registry);
    }

    /** Registers what is read off the reconciliation. */
    private void reconciliation(Tracker tracker) {
        Progress progress = tracker.reconciler().progress();
        gauge(DRIFT, tracker, _ -> progress.drift());
        gauge(LEADING, tracker, _ -> progress.isLeading() ? 1 : 0);
        gauge(
                RECONCILED_AGE,
                tracker,
                _ -> progress.isLeading() ? age(progress.lastComplete()) : Double.NaN);
        count(WINDOWS, tracker, _ -> progress.windows());
        count(FINDINGS, tracker, _ -> progress.findings());
        count(STRIKES, tracker, _ -> progress.strikes());
        count(DISABLED, tracker, _ -> progress.disabledAgents());
        for (Adjustment.Reason reason : Adjustment.Reason.values()) {
            FunctionCounter.builder(ADJUSTED, progress, p -> p.adjusted(reason))
                    .tag("reason", reason.id())
                    .register(registry);
        }
        for (Witness witness : Witness.values()) {
            Gauge.builder(MISSING, tracker, t -> t.witnesses().isMissing(witness) ? 1 : 0)
                    .tag("witness", witness.id())
                    .register(registry);
        }
    }

    /** Registers what is read off the rollups of the flow. */
    public void bind(RollupCounts rollups) {
        for (FlowSpan span : FlowSpan.values()) {
            String name = span.name().toLowerCase(Locale.ROOT);
            FunctionCounter.builder(FLOW_ROLLUPS, rollups, r -> r.doneOf(span))
                    .tag("span", name)
                    .register(registry);
            FunctionCounter.builder(FLOW_ROLLUP_FAILURES, rollups, r -> r.failedOf(span))
                    .tag("span", name)
                    .register(registry);
        }
        FunctionCounter.builder(FLOW_UNREADABLE, rollups, RollupCounts::unreadable)
                .register(registry);
        FunctionCounter.builder(FLOW_DEAF, rollups, RollupCounts::deafListeners).register(registry);
        Gauge.builder(FLOW_ROLLUP_LAG, rollups, RollupCounts::lagSeconds).register(registry);
    }

    private void gauge(String name, Tracker tracker, ToDoubleFunction<Tracker> value) {
        Gauge.builder(name, tracker, value).register(registry);
    }

    private void count(String name, Tracker tracker, ToDoubleFunction<Tracker> value) {
        FunctionCounter.builder(name, tracker, value).register(registry);
    }

    /** Seconds, not a number before the first time. */
    private double age(Instant at) {
        return at.equals(Instant.EPOCH)
                ? Double.NaN
                : seconds(Duration.between(at, clock.instant()));
    }

    private static double seconds(Duration duration) {
        return duration.toNanos() / 1e9;
    }

    /** What is shown of this run must not stand in the way of the next one in the same process. */
    @PreDestroy
    void forget() {
        registry.getMeters().stream()
                .filter(meter -> meter.getId().getName().startsWith("artcafe"))
                .forEach(registry::remove);
    }
}
