package ai.artcafe.tracker.flow;

import ai.artcafe.model.flow.FlowSpan;
import ai.artcafe.model.identity.Slot;
import ai.artcafe.model.identity.TenantId;
import ai.artcafe.model.subject.SubjectScheme;
import ai.artcafe.tracker.reconcile.SlotMap;
import ai.artcafe.tracker.reconcile.Tenancy;
import ai.artcafe.tracker.tap.SlotWindow;
import ai.artcafe.tracker.tap.TapWindow;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.BooleanSupplier;
import org.jboss.logging.Logger;

/**
 * Hands on what this tracker's tap sees, by tenant. All it writes is what this tap has seen of a
 * second or minute so far, so that to write it again changes nothing, and the picture of all
 * trackers is the sum of their shares.
 *
 * <p>Thread-safe. Windows are taken without blocking.
 */
public final class FlowFeed {

    private static final Logger LOG = Logger.getLogger(FlowFeed.class);

    /** For how long a window waits for its slot's tenant to be known. */
    static final Duration PATIENCE = Duration.ofSeconds(5);

    /** After its end, until no window of a minute can come any more. */
    private static final Duration LATE = PATIENCE.plusSeconds(10);

    /** How often it is said that a slot has traffic and no tenant. */
    private static final Duration REMINDER = Duration.ofMinutes(1);

    private final FlowStore store;
    private final SlotMap slots;
    private final FlowNames names;
    private final FlowFeedConfig config;
    private final String tracker;
    private final BooleanSupplier isListening;
    private final Clock clock;
    private final LongAdder unknown = new LongAdder();
    private final LongAdder lost = new LongAdder();

    // guarded by this
    private final Map<TenantId, TreeMap<Instant, TenantMinute>> minutes = new HashMap<>();
    private final Deque<Waiting> waiting = new ArrayDeque<>();
    private Instant takenThrough = Instant.EPOCH;
    private Instant reminded = Instant.EPOCH;

    private volatile Instant toldThrough = Instant.EPOCH;
    private volatile boolean isFailing;

    /**
     * What is to be handed on.
     *
     * @param tracker by what name this tracker tells
     * @param isListening whether the tap hears what is published
     */
    public record Source(String tracker, SlotMap slots, BooleanSupplier isListening) {}

    private record Waiting(Slot slot, Instant at, SlotWindow window) {}

    private record Writing(TenantMinute minute, TenantMinute.Cut cut) {}

    public FlowFeed(
            FlowStore store,
            Source source,
            SubjectScheme scheme,
            FlowFeedConfig config,
            Clock clock) {
        this.store = store;
        this.slots = source.slots();
        this.names = new FlowNames(scheme);
        this.config = config;
        this.tracker = source.tracker();
        this.isListening = source.isListening();
        this.clock = clock;
    }

    /** Takes a window, as of its middle. */
    public synchronized void take(TapWindow window) {
        Instant at = window.from().plus(Duration.between(window.from(), window.to()).dividedBy(2));
        List<Waiting> before = new ArrayList<>(waiting);
        waiting.clear();
        before.forEach(this::take);
        window.slots().forEach((slot, seen) -> take(new Waiting(slot, at, seen)));
        takenThrough = window.to();
    }

    private void take(Waiting window) {
        Optional<Tenancy> tenancy = slots.known(window.slot());
        if (tenancy.isPresent()) {
            add(tenancy.get().tenant(), window);
            return;
        }
        slots.missed();
        if (window.at().plus(PATIENCE).isAfter(clock.instant())) {
            waiting.add(window);
        } else {
            nobodys(window);
        }
    }

    private void nobodys(Waiting window) {
        long messages = window.window().messages().messages();
        unknown.add(messages);
        Instant now = clock.instant();
        if (!reminded.plus(REMINDER).isAfter(now)) {
            reminded = now;
            LOG.warnf(
                    "A slot has traffic and no tenant: slot=%s messages=%d",
                    window.slot(), messages);
        }
    }

    private void add(TenantId tenant, Waiting window) {
        TreeMap<Instant, TenantMinute> kept = minutes.computeIfAbsent(tenant, _ -> new TreeMap<>());
        kept.computeIfAbsent(
                        FlowSpan.MINUTE.start(window.at()),
                        start -> new TenantMinute(tenant, start))
                .take(window.at().atOffset(ZoneOffset.UTC).getSecond(), window.window(), names);
        while (kept.size() > config.minutesKept()) {
            if (kept.pollFirstEntry().getValue().isDirty()) {
                lost.increment();
                LOG.warnf("A minute of the flow is lost, its store was away: tenant=%s", tenant);
            }
        }
    }

    /** Writes what has come since. Blocking; what cannot be written is left for the next time. */
    public void write() {
        write(config.tenantsAtOnce());
    }

    /** Writes all that is left, and says that no more will come. Blocking. */
    public void close() {
        write(Integer.MAX_VALUE);
        try {
            store.leave(tracker);
        } catch (FlowStoreException e) {
            LOG.debugf("Not signed off: reason=%s", e.getMessage());
        }
    }

    private void write(int sketches) {
        Instant now = clock.instant();
        List<Writing> writing;
        Instant through;
        synchronized (this) {
            forget(now);
            writing = cut(now, sketches);
            through = takenThrough;
        }
        Set<TenantId> failed =
                writing.isEmpty()
                        ? Set.of()
                        : store.write(
                                tracker, writing.stream().map(one -> one.cut().share()).toList());
        synchronized (this) {
            for (Writing one : writing) {
                if (!failed.contains(one.cut().share().tenant())) {
                    one.minute().written(one.cut(), now);
                }
            }
        }
        say(failed);
        if (failed.isEmpty() && isListening.getAsBoolean() && through.isAfter(toldThrough)) {
            tell(through);
        }
    }

    private void tell(Instant through) {
        try {
            store.told(tracker, through);
            toldThrough = through;
        } catch (FlowStoreException e) {
            LOG.debugf("Flow not told: reason=%s", e.getMessage());
        }
    }

    private void say(Set<TenantId> failed) {
        if (isFailing != !failed.isEmpty()) {
            isFailing = !failed.isEmpty();
            LOG.warnf(
                    isFailing
                            ? "Flow waits for its store: tenants=%d"
                            : "Flow is written again: tenants_failed=%d",
                    failed.size());
        }
    }

    /** What is written and can change no more. */
    private void forget(Instant now) {
        Iterator<TreeMap<Instant, TenantMinute>> tenants = minutes.values().iterator();
        while (tenants.hasNext()) {
            TreeMap<Instant, TenantMinute> kept = tenants.next();
            kept.values()
                    .removeIf(minute ->
                            !minute.isDirty()
                                    && FlowSpan.MINUTE
                                            .end(minute.start())
                                            .plus(LATE)
                                            .isBefore(now));
            if (kept.isEmpty()) {
                tenants.remove();
            }
        }
    }

    private List<Writing> cut(Instant now, int atMost) {
        Instant due = now.minus(config.sketchInterval());
        List<TenantMinute> dirty =
                minutes.values().stream()
                        .flatMap(kept -> kept.values().stream())
                        .filter(TenantMinute::isDirty)
                        .toList();
        Set<TenantMinute> withSketches = new HashSet<>();
        dirty.stream()
                .filter(minute ->
                        atMost == Integer.MAX_VALUE
                                || isOver(minute, now)
                                || !minute.sketchesAt().isAfter(due))
                .sorted(
                        Comparator.comparing((TenantMinute minute) -> !isOver(minute, now))
                                .thenComparing(TenantMinute::sketchesAt))
                .limit(atMost)
                .forEach(withSketches::add);
        List<Writing> writing = new ArrayList<>(dirty.size());
        for (TenantMinute minute : dirty) {
            TenantMinute.Cut cut = minute.cut(withSketches.contains(minute));
            if (!cut.share().seconds().isEmpty() || cut.share().sketches().isPresent()) {
                writing.add(new Writing(minute, cut));
            }
        }
        return writing;
    }

    private static boolean isOver(TenantMinute minute, Instant now) {
        return !FlowSpan.MINUTE.end(minute.start()).isAfter(now);
    }

    /** Messages in slots that no tenant is in. */
    public long unknown() {
        return unknown.sum();
    }

    /** Minutes of tenants that could not be written and are gone. */
    public long lost() {
        return lost.sum();
    }

    /** Up to when all that the tap has seen is written. */
    public Instant toldThrough() {
        return toldThrough;
    }
}
