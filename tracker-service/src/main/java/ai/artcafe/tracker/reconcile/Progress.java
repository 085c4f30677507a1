package ai.artcafe.tracker.reconcile;

import ai.artcafe.model.usage.Adjustment;
import ai.artcafe.tracker.reading.Round;
import java.time.Instant;
import java.util.Collection;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.atomic.LongAdder;

/** How far the reconciliation of this tracker is. One thread writes, any reads. */
public final class Progress {

    private final Map<Adjustment.Reason, LongAdder> adjusted =
            new EnumMap<>(Adjustment.Reason.class);
    private final LongAdder windows = new LongAdder();
    private final LongAdder strikes = new LongAdder();
    private final LongAdder disabled = new LongAdder();
    private final LongAdder findings = new LongAdder();

    private volatile boolean leading;
    private volatile Instant lastComplete = Instant.EPOCH;
    private volatile long drift;
    private volatile List<String> missing = List.of();
    private volatile boolean tapListening;
    private volatile String fault = "not yet";

    Progress() {
        for (Adjustment.Reason reason : Adjustment.Reason.values()) {
            adjusted.put(reason, new LongAdder());
        }
    }

    void leading(boolean isLeading) {
        leading = isLeading;
        if (!isLeading) {
            drift = 0;
            missing = List.of();
        }
    }

    void asked(Round round, Set<String> answered, boolean tap) {
        Set<String> silent = new TreeSet<>(round.servers());
        silent.removeAll(answered);
        silent.addAll(round.missing());
        missing = List.copyOf(silent);
        tapListening = tap;
        if (round.isComplete() && silent.isEmpty()) {
            fault = "";
        } else {
            fault = silent.isEmpty() ? "readings are not complete" : "servers do not answer";
        }
    }

    void failed(String reason) {
        fault = reason;
    }

    void reconciled(Instant at, long messages) {
        lastComplete = at;
        drift = messages;
    }

    void booked(Collection<Adjustment> adjustments) {
        for (Adjustment adjustment : adjustments) {
            LongAdder sum = adjusted.get(adjustment.reason());
            if (sum != null) {
                sum.add(Math.abs(adjustment.amount().messages()));
            }
        }
    }

    void windowEnded() {
        windows.increment();
    }

    void struck() {
        strikes.increment();
    }

    void disabled() {
        disabled.increment();
    }

    void found() {
        findings.increment();
    }

    /** Whether this tracker is the one that reconciles. */
    public boolean isLeading() {
        return leading;
    }

    /** When all tenants were last looked at. */
    public Instant lastComplete() {
        return lastComplete;
    }

    /** Messages by which the witnesses differ in the open windows, with nothing booked for it. */
    public long drift() {
        return drift;
    }

    /** Messages that were booked or taken off for that reason. */
    public long adjusted(Adjustment.Reason reason) {
        LongAdder sum = adjusted.get(reason);
        return sum == null ? 0 : sum.sum();
    }

    /** Windows that ended. */
    public long windows() {
        return windows.sum();
    }

    /** Strikes that agents were given. */
    public long strikes() {
        return strikes.sum();
    }

    /** Agents that were disabled. */
    public long disabledAgents() {
        return disabled.sum();
    }

    /** Findings, each as often as it grew. */
    public long findings() {
        return findings.sum();
    }

    /** NATS servers that did not say what their accounts have carried. */
    public List<String> missingServers() {
        return missing;
    }

    /** Whether the tap was listening when the servers were last asked. */
    public boolean isTapListening() {
        return tapListening;
    }

    /** Why the last round was not complete, for people; empty when it was. */
    public String fault() {
        return fault;
    }
}
