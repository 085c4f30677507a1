package ai.artcafe.metrics.usage.explain;

import ai.artcafe.metrics.store.Booked;
import ai.artcafe.metrics.store.BookedSlice;
import ai.artcafe.metrics.store.Freshness;
import ai.artcafe.metrics.store.LiveUsage;
import ai.artcafe.metrics.store.SessionArchive;
import ai.artcafe.metrics.store.Slice;
import ai.artcafe.metrics.usage.AgentLedger;
import ai.artcafe.metrics.usage.Amount;
import ai.artcafe.metrics.usage.BillingConfig;
import ai.artcafe.metrics.usage.Ledger;
import ai.artcafe.metrics.usage.UsagePeriod;
import ai.artcafe.model.identity.AgentId;
import ai.artcafe.model.identity.Attribution;
import ai.artcafe.model.problem.ErrorCode;
import ai.artcafe.model.usage.Period;
import ai.artcafe.runtime.page.Cursor;
import ai.artcafe.runtime.page.PageRequest;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** Reads afresh what an amount is made of. How far the ledger is, is always read first. */
@ApplicationScoped
class ExplainReport {

    /** As the trackers have it ({@code artcafe.rollup.session-life}), unless told otherwise. */
    private static final Duration SESSIONS_KEPT = Duration.ofDays(62);

    private final LiveUsage live;
    private final Ledger ledger;
    private final AgentLedger agents;
    private final ExplainedRecords records;
    private final SessionArchive sessions;
    private final BillingConfig billing;
    private final Clock clock;

    ExplainReport(
            LiveUsage live,
            Ledger ledger,
            AgentLedger agents,
            ExplainedRecords records,
            SessionArchive sessions,
            BillingConfig billing,
            Clock clock) {
        this.live = live;
        this.ledger = ledger;
        this.agents = agents;
        this.records = records;
        this.sessions = sessions;
        this.billing = billing;
        this.clock = clock;
    }

    Explanation of(Whose whose, ExplainedPeriod period, PageRequest page) {
        Instant now = clock.instant();
        Freshness freshness = live.freshness();
        whose.agent().ifPresent(agent -> requireKnown(whose, agent));
        List<Slice> parts = parts(whose, period, now);
        Map<BookedSlice, Booked> booked =
                ledger.readAtOnce(
                        Stream.concat(Stream.of(period.slice()), parts.stream())
                                .map(slice -> new BookedSlice(whose.owner(), slice))
                                .toList(),
                        now);
        Amount amount = amount(booked, whose, period.slice());
        return Explanation.of(
                whose,
                freshness,
                UsagePeriod.of(period.range(), now, billing.grace()),
                amount,
                period.partsBy()
                        .filter(_ -> !parts.isEmpty())
                        .map(by -> parts(by, parts, booked, whose, amount)),
                records.adjustments(whose, period, amount, now),
                records.gaps(whose.id(), period.range(), now),
                whose.agent().map(agent -> sessions(whose, agent, period, amount, page, now)));
    }

    private void requireKnown(Whose whose, Attribution agent) {
        boolean isKnown =
                agent instanceof AgentId id
                        ? agents.isOf(whose.id(), id)
                        : live.hasUsed(whose.id(), agent);
        if (!isKnown) {
            throw ErrorCode.NOT_FOUND.because("There is no such agent.");
        }
    }

    /** The hours of agents are kept nowhere. */
    private static List<Slice> parts(Whose whose, ExplainedPeriod period, Instant now) {
        return whose.agent().isPresent()
                        && period.partsBy().filter(by -> by == Period.HOURLY).isPresent()
                ? List.of()
                : period.parts(now);
    }

    private static Amount amount(Map<BookedSlice, Booked> booked, Whose whose, Slice slice) {
        return Amount.of(
                booked.getOrDefault(new BookedSlice(whose.owner(), slice), Booked.NOTHING));
    }

    private static ExplainedParts parts(
            Period by,
            List<Slice> slices,
            Map<BookedSlice, Booked> booked,
            Whose whose,
            Amount whole) {
        List<ExplainedParts.Part> items =
                slices.stream()
                        .map(slice ->
                                new ExplainedParts.Part(
                                        ExplainedPeriod.label(slice),
                                        slice.start(),
                                        slice.end(),
                                        amount(booked, whose, slice)))
                        .filter(part -> !part.amount().equals(Amount.NONE))
                        .toList();
        Amount sum =
                items.stream().map(ExplainedParts.Part::amount).reduce(Amount.NONE, Amount::plus);
        return new ExplainedParts(ExplainedPeriod.name(by), items, sum, whole.minus(sum));
    }

    /** Names the list in cursors. */
    static String scope(Whose whose, ExplainedPeriod period) {
        return "sessions/"
                + whose.id()
                + "/"
                + whose.agent().map(Attribution::value).orElse("")
                + "/"
                + ExplainedPeriod.label(period.slice());
    }

    private ExplainedSessions sessions(
            Whose whose,
            Attribution agent,
            ExplainedPeriod period,
            Amount amount,
            PageRequest page,
            Instant now) {
        Instant keptSince = now.minus(SESSIONS_KEPT);
        Instant end = period.slice().end();
        if (page.after().filter(key -> !SessionArchive.isKey(key, end)).isPresent()) {
            throw ErrorCode.INVALID_REQUEST.because("cursor is not one that this list gave out");
        }
        SessionArchive.Page found =
                sessions.open(
                        whose.id(), agent, period.slice().start(), end, page.after(), page.limit());
        List<SessionView> views =
                found.sessions().stream().map(kept -> SessionView.of(kept, period)).toList();
        boolean isAll =
                page.after().isEmpty()
                        && found.more().isEmpty()
                        && !period.slice().start().isBefore(keptSince);
        return new ExplainedSessions(
                views,
                found.more().map(key -> Cursor.of(scope(whose, period), key)),
                keptSince,
                isAll ? Optional.of(ExplainedSessions.Proof.of(amount, views)) : Optional.empty());
    }
}
