package ai.artcafe.gateway.quota;

import ai.artcafe.model.identity.TenantId;
import ai.artcafe.model.plan.PlanLimits;
import ai.artcafe.model.usage.Period;
import ai.artcafe.runtime.store.TenantRecord;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;

/**
 * One tenant's day: what the trackers have booked, and what has been let through since that was
 * read, here and as far as is told elsewhere. What was on its way to the trackers when it was read
 * is missing: about a second's messages, in the tenant's favour. Thread-safe.
 */
public final class TenantQuota {

    private final TenantId tenant;
    private final Duration staleAfter;
    private final LongAdder passed = new LongAdder(); // since the start
    private final Set<QuotaListener> listeners = ConcurrentHashMap.newKeySet();

    private volatile Allowance allowance;
    private volatile Optional<Booked> booked = Optional.empty();
    private int told; // percent of the day; guarded by this
    private long toldDayEnd; // epoch milliseconds; guarded by this
    private volatile long idleSince = Long.MAX_VALUE; // epoch milliseconds

    /**
     * @param beyond whether more than the day's messages may be published
     */
    record Allowance(PlanLimits limits, boolean beyond) {

        static Allowance of(TenantRecord tenant) {
            return new Allowance(tenant.limits(), tenant.allowsOverage());
        }

        long limit() {
            return limits.messagesPerDay();
        }
    }

    /**
     * @param messages what was booked of the day
     * @param dayEnd in epoch milliseconds
     * @param passedBefore how much had passed here when that was read
     * @param asOf of when it is
     */
    private record Booked(long messages, long dayEnd, long passedBefore, Instant asOf) {}

    TenantQuota(TenantId tenant, Allowance allowance, Duration staleAfter) {
        this.tenant = tenant;
        this.allowance = allowance;
        this.staleAfter = staleAfter;
    }

    TenantId tenant() {
        return tenant;
    }

    /** What the tenant may as it was last read, of the day and otherwise. */
    public PlanLimits limits() {
        return allowance.limits();
    }

    /** A message was let through. */
    public void published() {
        passed.increment();
    }

    void published(long messages) {
        passed.add(messages);
    }

    /**
     * Whether nothing may be published any more today.
     *
     * @param now in epoch milliseconds
     */
    public boolean isUsedUp(long now) {
        Allowance may = allowance;
        Optional<Booked> day = booked;
        return may.limit() != PlanLimits.UNLIMITED
                && !may.beyond()
                && day.isPresent()
                && now < day.get().dayEnd()
                && used(day.get()) >= may.limit();
    }

    /** How long the day still lasts, in milliseconds; at least 1. */
    public static long untilReset(long now) {
        return Math.max(1, Period.DAILY.end(Instant.ofEpochMilli(now)).toEpochMilli() - now);
    }

    private long used(Booked day) {
        return day.messages() + passed.sum() - day.passedBefore();
    }

    public DayUsage usage(Instant now) {
        Instant resetsAt = Period.DAILY.end(now);
        return booked.filter(day -> day.dayEnd() == resetsAt.toEpochMilli())
                .map(day ->
                        new DayUsage(
                                OptionalLong.of(used(day)),
                                allowance.limit(),
                                resetsAt,
                                day.asOf(),
                                day.asOf().plus(staleAfter).isBefore(now)))
                .orElseGet(() ->
                        new DayUsage(
                                OptionalLong.empty(),
                                allowance.limit(),
                                resetsAt,
                                Period.DAILY.start(now),
                                true));
    }

    /** Where to begin to count what is not in a figure that is read from now on. */
    long mark() {
        return passed.sum();
    }

    /**
     * The trackers' figure. One that is no newer than the last changes nothing: what has passed
     * since then is not in it.
     *
     * @param mark from before it was read
     */
    void read(long messages, Instant asOf, long mark, Instant now) {
        long dayEnd = Period.DAILY.end(now).toEpochMilli();
        boolean isNewer =
                booked.isEmpty()
                        || booked.get().dayEnd() != dayEnd
                        || asOf.isAfter(booked.get().asOf());
        if (isNewer) {
            turnDay(dayEnd);
            booked = Optional.of(new Booked(messages, dayEnd, mark, asOf));
        }
    }

    /** There is no figure now. A new day begins with what passes from here on. */
    void unread(Instant now) {
        long dayEnd = Period.DAILY.end(now).toEpochMilli();
        booked =
                booked.map(day ->
                        day.dayEnd() == dayEnd
                                ? day
                                : new Booked(0, dayEnd, passed.sum(), Period.DAILY.start(now)));
        turnDay(booked.map(Booked::dayEnd).orElse(dayEnd));
    }

    private synchronized void turnDay(long dayEnd) {
        if (toldDayEnd != dayEnd) {
            toldDayEnd = dayEnd;
            told = 0;
        }
    }

    /** The tenant may publish so much from now on. */
    synchronized void allow(Allowance fresh, Instant now) {
        if (!fresh.equals(allowance)) {
            allowance = fresh;
            told = Math.min(told, usage(now).percentReached());
        }
    }

    /** The levels that are reached and not told yet; they count as told. */
    synchronized int[] newlyReached(DayUsage usage) {
        int reached = usage.percentReached();
        int[] levels = QuotaLevel.between(told, reached).toArray();
        told = Math.max(told, reached);
        return levels;
    }

    void tell(int percent, DayUsage usage) {
        listeners.forEach(listener -> listener.reached(percent, usage));
    }

    /** Whoever comes is told what the others have been told. */
    void add(QuotaListener listener, Instant now) {
        idleSince = Long.MAX_VALUE;
        listeners.add(listener);
        int reached = told();
        if (reached > 0) {
            listener.reached(reached, usage(now));
        }
    }

    private synchronized int told() {
        return told;
    }

    void remove(QuotaListener listener, long now) {
        listeners.remove(listener);
        if (listeners.isEmpty()) {
            idleSince = now;
        }
    }

    /** Somebody asked who does not listen. */
    void use(long now) {
        if (listeners.isEmpty()) {
            idleSince = now;
        }
    }

    /** Whether it is known what was booked of the day. */
    boolean isKnown(long now) {
        return booked.filter(day -> now < day.dayEnd()).isPresent();
    }

    boolean isIdleSince(long before) {
        return listeners.isEmpty() && idleSince <= before;
    }
}
