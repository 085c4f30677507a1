package ai.artcafe.tracker.presence;

import java.util.EnumMap;
import java.util.Map;
import java.util.concurrent.atomic.LongAdder;

/** What the presence has done since the start. Thread-safe. */
public final class Figures {

    private final Map<Ignored, LongAdder> ignored = new EnumMap<>(Ignored.class);
    private final LongAdder joins = new LongAdder();
    private final LongAdder leaves = new LongAdder();
    private final LongAdder changes = new LongAdder();
    private final LongAdder written = new LongAdder();
    private final LongAdder lost = new LongAdder();
    private final LongAdder errors = new LongAdder();
    private final LongAdder errorsDropped = new LongAdder();

    public Figures() {
        for (Ignored reason : Ignored.values()) {
            ignored.put(reason, new LongAdder());
        }
    }

    void ignore(Ignored reason) {
        adder(reason).increment();
    }

    void add(Evaluated evaluated) {
        changes.add(evaluated.changes());
        joins.add(evaluated.joins());
        leaves.add(evaluated.leaves());
    }

    void historyWritten(long more) {
        written.add(more);
    }

    void historyLost(long more) {
        lost.add(more);
    }

    void errorsCounted(long more) {
        errors.add(more);
    }

    void errorsDropped(long more) {
        errorsDropped.add(more);
    }

    private LongAdder adder(Ignored reason) {
        LongAdder adder = ignored.get(reason);
        if (adder == null) {
            throw new IllegalStateException("every reason has a counter: " + reason);
        }
        return adder;
    }

    public long ignored(Ignored reason) {
        return adder(reason).sum();
    }

    /** Agents that came. */
    public long joins() {
        return joins.sum();
    }

    /** Agents that left. */
    public long leaves() {
        return leaves.sum();
    }

    /** Changes of status, those included. */
    public long changes() {
        return changes.sum();
    }

    /** Changes written to the history. */
    public long written() {
        return written.sum();
    }

    /** Changes that Redis had dropped before they were written. */
    public long lost() {
        return lost.sum();
    }

    /** Errors that gateways told of. */
    public long errors() {
        return errors.sum();
    }

    /** Errors that could not be counted while Redis was away. */
    public long errorsDropped() {
        return errorsDropped.sum();
    }
}
