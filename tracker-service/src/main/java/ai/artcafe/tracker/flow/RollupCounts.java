package ai.artcafe.tracker.flow;

import ai.artcafe.model.flow.FlowSpan;
import java.time.Duration;
import java.util.EnumMap;
import java.util.Map;
import java.util.concurrent.atomic.LongAdder;

/** What the rollups of the flow have done since the start. Thread-safe. */
public final class RollupCounts {

    private final Map<FlowSpan, LongAdder> done = adders();
    private final Map<FlowSpan, LongAdder> failed = adders();
    private final LongAdder unreadable = new LongAdder();
    private final LongAdder deaf = new LongAdder();
    private volatile double lagSeconds = Double.NaN;

    private static Map<FlowSpan, LongAdder> adders() {
        Map<FlowSpan, LongAdder> adders = new EnumMap<>(FlowSpan.class);
        for (FlowSpan span : FlowSpan.values()) {
            adders.put(span, new LongAdder());
        }
        return Map.copyOf(adders);
    }

    void done(FlowSpan span) {
        adder(done, span).increment();
    }

    void failed(FlowSpan span) {
        adder(failed, span).increment();
    }

    void unreadable(int shares) {
        unreadable.add(shares);
    }

    void deaf() {
        deaf.increment();
    }

    void lag(Duration lag) {
        lagSeconds = lag.toMillis() / 1e3;
    }

    void notLeading() {
        lagSeconds = Double.NaN;
    }

    private static LongAdder adder(Map<FlowSpan, LongAdder> adders, FlowSpan span) {
        LongAdder adder = adders.get(span);
        if (adder == null) {
            throw new IllegalArgumentException(span.name());
        }
        return adder;
    }

    /** Spans that were written, those that were written again among them. */
    public long doneOf(FlowSpan span) {
        return adder(done, span).sum();
    }

    /** Attempts that failed. */
    public long failedOf(FlowSpan span) {
        return adder(failed, span).sum();
    }

    /** Trackers' shares of minutes that could not be read. */
    public long unreadable() {
        return unreadable.sum();
    }

    /** Minutes that a listener did not take in. */
    public long deafListeners() {
        return deaf.sum();
    }

    /** How long the most overdue span has been waiting; not a number but on the leader. */
    public double lagSeconds() {
        return lagSeconds;
    }
}
