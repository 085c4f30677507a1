package ai.artcafe.tracker.tap;

import ai.artcafe.model.identity.AgentId;
import ai.artcafe.model.identity.TenantId;
import ai.artcafe.model.subject.SubjectClass;
import ai.artcafe.model.subject.SubjectScheme;
import ai.artcafe.model.usage.Traffic;
import ai.artcafe.tracker.ledger.Applied;
import ai.artcafe.tracker.ledger.ControlCount;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;

/**
 * Control messages that the tap has seen, by agent, until the ledger has taken them off what the
 * agent published. The subject says whose they are; the agent's permissions vouch for it.
 *
 * <p>Any number of threads count; one thread hands on.
 */
public final class ControlTally {

    /** For how long an agent that sends no control messages any more is remembered. */
    private static final Duration MEMORY = Duration.ofHours(1);

    private final SubjectScheme scheme;
    private final TapConfig config;
    private final Clock clock;
    private final String tap = UUID.randomUUID().toString();
    private final Map<Sender, Tally> tallies = new ConcurrentHashMap<>();
    private final LongAdder messages = new LongAdder();
    private final LongAdder refused = new LongAdder();

    public ControlTally(SubjectScheme scheme, TapConfig config, Clock clock) {
        this.scheme = scheme;
        this.config = config;
        this.clock = clock;
    }

    private record Sender(TenantId tenant, AgentId agent) {}

    /**
     * One agent's count; what was seen is guarded by the tally, the rest is the handing thread's.
     */
    private static final class Tally {
        private final String counter;
        private Traffic seen = Traffic.NONE;
        private Traffic handed = Traffic.NONE;
        private Traffic moved = Traffic.NONE;
        private Instant waitingSince;
        private Instant changed;

        Tally(String counter, Instant now) {
            this.counter = counter;
            this.waitingSince = now;
            this.changed = now;
        }

        synchronized void add(long size) {
            seen = seen.plus(1, size);
        }

        synchronized Traffic seen() {
            return seen;
        }
    }

    /** Takes a message on a subject that begins with {@code _}; other than control is ignored. */
    public void count(String subject, long size) {
        if (scheme.classify(subject) instanceof SubjectClass.Control control) {
            count(control, size);
        }
    }

    /** Takes a control message. */
    public void count(SubjectClass.Control control, long size) {
        Sender sender = new Sender(control.tenant(), control.agent());
        Tally tally = tallies.get(sender);
        if (tally == null) {
            if (tallies.size() >= config.maxControlAgents()) {
                refused.increment();
                return;
            }
            Instant now = clock.instant();
            tally =
                    tallies.computeIfAbsent(
                            sender,
                            _ ->
                                    new Tally(
                                            control.agent() + "/" + tap + "/" + now.toEpochMilli(),
                                            now));
        }
        tally.add(size);
        messages.increment();
    }

    /** By tenant, what the ledger has yet to move. */
    public Map<TenantId, List<ControlCount>> pending() {
        Instant now = clock.instant();
        Map<TenantId, List<ControlCount>> pending = new HashMap<>();
        Iterator<Map.Entry<Sender, Tally>> entries = tallies.entrySet().iterator();
        while (entries.hasNext()) {
            Map.Entry<Sender, Tally> entry = entries.next();
            Tally tally = entry.getValue();
            Traffic seen = tally.seen();
            if (!seen.equals(tally.handed)) {
                tally.handed = seen;
                tally.changed = now;
                tally.waitingSince = now;
            }
            if (seen.equals(tally.moved)) {
                if (tally.changed.plus(MEMORY).isBefore(now)) {
                    forget(entries, tally);
                }
                continue;
            }
            boolean overdue = !tally.waitingSince.plus(config.overdueAfter()).isAfter(now);
            pending.computeIfAbsent(entry.getKey().tenant(), _ -> new ArrayList<>())
                    .add(new ControlCount(entry.getKey().agent(), tally.counter, seen, overdue));
        }
        return pending;
    }

    /** A message that comes in between is the only one of its hour: it stays billed. */
    private static void forget(Iterator<Map.Entry<Sender, Tally>> entries, Tally tally) {
        if (tally.seen().equals(tally.moved)) {
            entries.remove();
        }
    }

    /** The ledger has moved these. */
    public void applied(Applied applied) {
        for (ControlCount count : applied.batch().control()) {
            Tally tally = tallies.get(new Sender(applied.batch().tenant(), count.agent()));
            Traffic moved = applied.moved().get(count.counter());
            if (tally != null && moved != null && tally.counter.equals(count.counter())) {
                tally.moved = moved;
            }
        }
    }

    /** Control messages seen since the start. */
    public long messages() {
        return messages.sum();
    }

    /** Control messages that could not be told apart for want of room. */
    public long refused() {
        return refused.sum();
    }
}
