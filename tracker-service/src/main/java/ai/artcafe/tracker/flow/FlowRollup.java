package ai.artcafe.tracker.flow;

import ai.artcafe.model.flow.FlowSketches;
import ai.artcafe.model.flow.FlowSpan;
import ai.artcafe.model.plan.Tier;
import ai.artcafe.runtime.store.StoreAwayException;
import ai.artcafe.runtime.store.StoreOutages;
import ai.artcafe.tracker.Fanout;
import ai.artcafe.tracker.ledger.Lease;
import io.quarkus.arc.All;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;
import org.jboss.logging.Logger;

/**
 * Carries the flow from Redis to DynamoDB: a minute from what all trackers told of it, an hour from
 * its minutes, a day from its hours. Only spans in which something flowed are looked at. What it
 * writes depends on nothing but what was told: a crash anywhere, a repetition or another order
 * gives the same items. Several trackers at it do no harm; the lease keeps them from doing it
 * twice.
 *
 * <p>One round at a time.
 */
@Singleton
public final class FlowRollup {

    private static final Logger LOG = Logger.getLogger(FlowRollup.class);

    private final FlowDue due;
    private final FlowShares shares;
    private final FlowArchive archive;
    private final TapRecord taps;
    private final TenantTiers tiers;
    private final List<FlowListener> listeners;
    private final Lease lease;
    private final FlowRollupConfig config;
    private final Clock clock;

    /** What the minutes that are not done with were like when they were written. */
    private final Map<DueSpan, Long> written = new ConcurrentHashMap<>();

    /** And when the listeners were told of them. */
    private final Map<DueSpan, Long> told = new ConcurrentHashMap<>();

    /** Whether in this round the archive was found not to answer: it is not asked again. */
    private volatile boolean archiveAway;

    private final RollupCounts counts = new RollupCounts();

    @Inject
    public FlowRollup(
            FlowDue due,
            FlowShares shares,
            FlowArchive archive,
            TapRecord taps,
            TenantTiers tiers,
            @All List<FlowListener> listeners,
            Lease lease,
            FlowRollupConfig config,
            Clock clock) {
        this.due = due;
        this.shares = shares;
        this.archive = archive;
        this.taps = taps;
        this.tiers = tiers;
        this.listeners = List.copyOf(listeners);
        this.lease = lease;
        this.config = config;
        this.clock = clock;
    }

    /**
     * One round over what is due, if no other tracker is at it.
     *
     * @return how many spans were looked at
     */
    public synchronized int run() {
        if (!lease.holds()) {
            written.clear();
            told.clear();
            taps.forget();
            counts.notLeading();
            return 0;
        }
        archiveAway = false;
        try {
            lookAtTaps();
            return round();
        } catch (StoreAwayException e) {
            LOG.warnf("Flow not rolled up, will catch up: store=%s", e.store());
            return 0;
        } finally {
            if (archiveAway) {
                LOG.warn("Flow not written, will catch up: store=dynamodb");
            }
        }
    }

    private void lookAtTaps() {
        try {
            taps.look();
        } catch (StoreAwayException e) {
            noteAway(e);
        }
    }

    /** Listeners are told of minutes even while the archive is away. */
    private void noteAway(StoreAwayException e) {
        if (!e.store().equals(StoreOutages.DYNAMODB)) {
            throw e;
        }
        archiveAway = true;
    }

    private int round() {
        Instant now = clock.instant();
        List<FlowDue.Entry> entries = due.due(now, config.spansAtOnce());
        counts.lag(
                entries.isEmpty() ? Duration.ZERO : Duration.between(entries.getFirst().at(), now));
        for (FlowSpan span : FlowSpan.values()) {
            Fanout.each(byTenant(entries, span), config.tenantsAtOnce(), this::rollUp);
        }
        return entries.size();
    }

    /** One tenant's at a time and in the order of time: so are the listeners told. */
    private static List<List<FlowDue.Entry>> byTenant(List<FlowDue.Entry> entries, FlowSpan span) {
        return List.copyOf(
                entries.stream()
                        .filter(entry -> entry.span().span() == span)
                        .sorted((one, other) -> DueSpan.BY_START.compare(one.span(), other.span()))
                        .collect(Collectors.groupingBy(entry -> entry.span().tenant()))
                        .values());
    }

    private void rollUp(List<FlowDue.Entry> entries) {
        for (FlowDue.Entry entry : entries) {
            DueSpan span = entry.span();
            try {
                rollUp(entry);
            } catch (StoreAwayException e) {
                counts.failed(span.span());
                noteAway(e);
            } catch (RuntimeException e) {
                counts.failed(span.span());
                LOG.errorf(e, "Flow of a span not rolled up: span=%s", span.member());
                putOff(entry);
            }
        }
    }

    private void putOff(FlowDue.Entry entry) {
        Instant now = clock.instant();
        if (now.isAfter(entry.span().end().plus(config.giveUp()))) {
            LOG.errorf("Flow of a span given up: span=%s", entry.span().member());
            due.done(entry);
            forget(entry.span());
        } else {
            due.again(entry, now.plus(config.retry()));
        }
    }

    private void rollUp(FlowDue.Entry entry) {
        DueSpan span = entry.span();
        Optional<Tier> tier = tiers.tier(span.tenant());
        if (tier.isEmpty()) {
            due.done(entry);
            return;
        }
        switch (span.span()) {
            case MINUTE -> minute(entry, tier.get());
            case HOUR, DAY -> whole(entry, tier.get());
        }
    }

    private void whole(FlowDue.Entry entry, Tier tier) {
        if (!archiveAway) {
            write(entry.span(), archive.parts(entry.span()), tier);
            due.done(entry);
        }
    }

    private void minute(FlowDue.Entry entry, Tier tier) {
        DueSpan span = entry.span();
        FlowShares.Shares shared = shares.minute(span.tenant(), span.start());
        counts.unreadable(shared.unreadable());
        FlowSketches sketches = new FlowSketches();
        shared.flows().forEach(sketches::add);
        shared.agents().forEach((agent, traffic) -> sketches.add(agent, traffic.messages()));
        shared.errors().forEach(sketches::add);
        if (isNew(told, span, sketches)) {
            tell(
                    new FlowMinute(
                            span.tenant(),
                            tier,
                            sketches.point(span.start()),
                            sketches.flow(),
                            shared.agents()));
            told.put(span, sketches.progress());
        }
        if (archiveAway) {
            return;
        }
        if (isNew(written, span, sketches)) {
            write(span, sketches, tier);
            written.put(span, sketches.progress());
        }
        Instant secondLook = span.end().plus(config.secondLook());
        if (entry.at().isBefore(secondLook)) {
            due.again(entry, secondLook);
        } else {
            due.done(entry);
            forget(span);
        }
    }

    private static boolean isNew(Map<DueSpan, Long> known, DueSpan span, FlowSketches sketches) {
        Long before = known.get(span);
        return before == null || before < sketches.progress();
    }

    private void forget(DueSpan span) {
        written.remove(span);
        told.remove(span);
    }

    private void tell(FlowMinute minute) {
        for (FlowListener listener : listeners) {
            try {
                listener.minute(minute);
            } catch (RuntimeException e) {
                counts.deaf();
                LOG.errorf(
                        e,
                        "A minute's flow was not taken in: tenant=%s minute=%s",
                        minute.tenant(),
                        minute.point().start());
            }
        }
    }

    /** Has the longer span looked at only when this one is written: it is made of what is there. */
    private void write(DueSpan span, FlowSketches sketches, Tier tier) {
        if (sketches.progress() == 0) {
            return;
        }
        Instant now = clock.instant();
        archive.write(span, sketches, span.end().plus(tier.detailRetention()), now);
        span.parent()
                .ifPresent(whole -> due.add(whole, whole.due().isAfter(now) ? whole.due() : now));
        counts.done(span.span());
    }

    /** What has been done since the start. */
    public RollupCounts counts() {
        return counts;
    }
}
