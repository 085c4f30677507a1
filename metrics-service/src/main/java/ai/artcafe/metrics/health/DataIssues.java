package ai.artcafe.metrics.health;

import ai.artcafe.metrics.health.Issue.Code;
import ai.artcafe.metrics.health.Issue.Severity;
import ai.artcafe.metrics.store.Freshness;
import ai.artcafe.metrics.store.Reconciled;
import ai.artcafe.model.flow.TapMode;
import ai.artcafe.model.usage.Gap;
import ai.artcafe.model.usage.Traffic;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** What is wrong with the figures. */
final class DataIssues {

    /** The ledger is read once a second. */
    private static final Duration LEDGER_FRESH = Duration.ofSeconds(15);

    private static final Duration SOURCE_FRESH = Duration.ofSeconds(60);

    /** Trackers put down every second up to when they have heard the agents. */
    private static final Duration PRESENCE_FRESH = Duration.ofSeconds(10);

    private static final double COVERED = 0.99;

    private DataIssues() {}

    static List<Issue> ofLedger(Freshness freshness, Instant now) {
        if (freshness.asOf().isEmpty()) {
            return List.of(
                    Issue.of(Code.NO_DATA, Severity.WARNING, "Nothing has been read so far."));
        }
        Instant asOf = freshness.asOf().get();
        if (asOf.plus(LEDGER_FRESH).isBefore(now)) {
            return List.of(
                    Issue.of(
                                    Code.DATA_STALE,
                                    Severity.CRITICAL,
                                    "The figures stand still since as_of.")
                            .since(asOf));
        }
        return freshness
                .completeThrough()
                .filter(complete -> complete.plus(SOURCE_FRESH).isBefore(now))
                .map(complete ->
                        Issue.of(
                                        Code.DATA_INCOMPLETE,
                                        Severity.WARNING,
                                        "A source has not been read since complete_through.")
                                .since(complete))
                .stream()
                .toList();
    }

    static List<Issue> ofPresence(Optional<Instant> heard, Instant now) {
        return heard
                .filter(at -> at.plus(PRESENCE_FRESH).isBefore(now))
                .map(at ->
                        Issue.of(
                                        Code.PRESENCE_STALE,
                                        Severity.WARNING,
                                        "No tracker has heard the agents since then.")
                                .since(at))
                .stream()
                .toList();
    }

    /**
     * @param isTapped whether a tap listens right now
     * @param coverage what it has seen of today
     */
    static List<Issue> ofTap(TapMode mode, boolean isTapped, Optional<Double> coverage) {
        if (mode.isOff()) {
            return List.of();
        }
        if (!isTapped) {
            return List.of(Issue.of(Code.TAP_AWAY, Severity.WARNING, "No tap listens right now."));
        }
        return coverage
                .filter(share -> share < COVERED)
                .map(share ->
                        Issue.of(
                                Code.TAP_COVERAGE,
                                Severity.WARNING,
                                String.format(
                                        Locale.ROOT,
                                        "The tap has seen %.1f %% of what it was handed today.",
                                        100 * share)))
                .stream()
                .toList();
    }

    static List<Issue> ofGaps(List<Gap> gaps) {
        return gaps.stream()
                .map(Gap::from)
                .min(Instant::compareTo)
                .map(first ->
                        Issue.of(
                                        Code.GAPS,
                                        Severity.WARNING,
                                        "Servers ended in the last 24 hours without a last word.")
                                .counting(gaps.size())
                                .since(first))
                .stream()
                .toList();
    }

    static List<Issue> ofDrift(Reconciled today) {
        Traffic drift = today.drift();
        return today.isKnown() && !drift.equals(Traffic.NONE)
                ? List.of(
                        Issue.of(
                                Code.DRIFT,
                                Severity.WARNING,
                                "The witnesses differ today by %d messages and %d bytes."
                                        .formatted(drift.messages(), drift.bytes())))
                : List.of();
    }
}
