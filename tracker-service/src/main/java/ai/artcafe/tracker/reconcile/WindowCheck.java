package ai.artcafe.tracker.reconcile;

import ai.artcafe.model.identity.AgentId;
import ai.artcafe.model.identity.Attribution;
import ai.artcafe.model.key.ReconciledFields;
import ai.artcafe.model.usage.Adjustment;
import ai.artcafe.model.usage.Traffic;
import ai.artcafe.tracker.ledger.Claim;
import ai.artcafe.tracker.ledger.Sums;
import ai.artcafe.tracker.ledger.Window;
import ai.artcafe.tracker.reading.Suspect;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Predicate;

/**
 * The rule of the reconciliation, for the NATS door of one tenant. It never claims more than was
 * published: while things move it claims what is certain by then, and the rest when they settle or
 * the window ends.
 *
 * <p>What it goes by is all in the {@link Look} and in the ledger, so it does not matter which
 * tracker looks.
 */
final class WindowCheck {

    /** How far a server's clock may be from a tracker's. */
    private static final Duration CLOCKS = Duration.ofSeconds(5);

    /** A window in which nothing happened is ended this seldom. */
    static final Duration IDLE = Duration.ofMinutes(1);

    private static final int SUSPICION = 6;

    private final Duration limit;
    private final Predicate<Suspect> isNew;

    /**
     * @param limit after how long a window ends though things move
     * @param isNew whether no agent has had a strike for that connection
     */
    WindowCheck(Duration limit, Predicate<Suspect> isNew) {
        this.limit = limit;
        this.isNew = isNew;
    }

    /**
     * @param sums what the ledger said last
     * @param base when the window began; empty when there is none yet
     * @param suspects connections of the tenant that were ended by their servers
     * @param even what is even between gateways' links and sockets, for the next window
     */
    Verdict judge(
            Sums sums,
            Optional<Base> base,
            Look look,
            List<Suspect> suspects,
            Map<String, GatewayBalance> even) {
        if (base.isEmpty() || !base.get().slot().equals(look.slot())) {
            return new Verdict(
                    List.of(),
                    Optional.of(begin(sums, base, look, Map.of(), even)),
                    Optional.empty(),
                    look.isSettled(),
                    0);
        }
        return judge(sums, base.get(), look, suspects, even);
    }

    private Verdict judge(
            Sums sums, Base base, Look look, List<Suspect> all, Map<String, GatewayBalance> even) {
        List<Suspect> suspects = all.stream().filter(s -> isIn(base, s)).toList();
        Difference difference = Difference.between(base, look);
        boolean serverGone = !look.after().keySet().containsAll(base.servers().keySet());
        boolean countersLost = look.lastLoss().isAfter(base.at());
        boolean isOver = !look.at().isBefore(base.at().plus(patience(base, look, suspects)));
        boolean certain = look.isSettled() || !suspects.isEmpty() || isOver;

        List<Claim> claims = new ArrayList<>();
        Optional<Charge> charge = Optional.empty();
        Traffic booked = booked(sums, uncounted(sums)).plus(booked(sums, hidden(sums)));
        Traffic more = Traffic.NONE;
        if (certain && suspects.stream().noneMatch(Charge::isGateway)) {
            Traffic uncounted = beyond(difference.uncounted(), sums, uncounted(sums));
            if (!uncounted.equals(Traffic.NONE)) {
                Charge of = Charge.ofUncounted(suspects);
                claims.add(
                        claim(sums, base, look, of, Adjustment.Reason.UNCOUNTED, uncounted, false));
                more = more.plus(uncounted);
            }
        }
        if (certain && look.isSentLocal() && !serverGone && !countersLost) {
            Traffic hidden = beyond(difference.hidden(), sums, hidden(sums));
            if (!hidden.equals(Traffic.NONE)) {
                Charge of = Charge.ofHidden(suspects);
                boolean strike =
                        of.attribution() instanceof AgentId
                                && of.suspects().stream().anyMatch(isNew);
                claims.add(claim(sums, base, look, of, Adjustment.Reason.HIDDEN, hidden, strike));
                charge = Optional.of(of);
                more = more.plus(hidden);
            }
        }

        boolean ends =
                look.isSettled() && !isIdle(base, look, claims, even)
                        || serverGone
                        || countersLost
                        || isOver;
        Traffic adjusted = booked.plus(more);
        Optional<Window> window =
                ends
                        ? Optional.of(
                                begin(
                                        sums,
                                        Optional.of(base),
                                        look,
                                        said(base, look, adjusted),
                                        even))
                        : Optional.empty();
        long drift = Math.max(0, difference.doubt() - adjusted.messages());
        return new Verdict(claims, window, charge, look.isSettled(), drift);
    }

    /**
     * Ending a window in mid-flight forgives what moved meanwhile: not so soon, then, when someone
     * is under suspicion. One in which a witness was away is worth little: sooner.
     */
    private Duration patience(Base base, Look look, List<Suspect> suspects) {
        if (isTapBack(base, look) || isInterrupted(base, look)) {
            return limit.dividedBy(SUSPICION);
        }
        return suspects.isEmpty() ? limit : limit.multipliedBy(SUSPICION);
    }

    /** One that ended a moment before the window began may be of the window before. */
    private static boolean isIn(Base base, Suspect suspect) {
        return suspect.at().isAfter(base.at().minus(CLOCKS));
    }

    private static boolean isIdle(
            Base base, Look look, List<Claim> claims, Map<String, GatewayBalance> even) {
        return claims.isEmpty()
                && even.equals(base.gateways())
                && look.tap().equals(base.tap())
                && look.sessions().equals(base.sessions())
                && look.after().equals(base.servers())
                && look.at().isBefore(base.at().plus(IDLE));
    }

    /** What was published while the tap was away would hide what is hidden later. */
    private static boolean isTapBack(Base base, Look look) {
        return !look.tap().isEmpty() && !look.tap().equals(base.tap());
    }

    private static boolean isInterrupted(Base base, Look look) {
        return base.sessions().entrySet().stream()
                .anyMatch(session ->
                        !session.getValue()
                                .equals(
                                        look.sessions()
                                                .getOrDefault(
                                                        session.getKey(), session.getValue())));
    }

    private static String uncounted(Sums sums) {
        return "w:" + sums.window() + ":u:";
    }

    static String hidden(Sums sums) {
        return "w:" + sums.window() + ":h:";
    }

    private static Traffic booked(Sums sums, String causes) {
        Traffic booked = Traffic.NONE;
        for (var claimed : sums.claimed().entrySet()) {
            if (claimed.getKey().startsWith(causes)) {
                booked = booked.plus(claimed.getValue());
            }
        }
        return booked;
    }

    private static Traffic beyond(Traffic difference, Sums sums, String causes) {
        return difference.minus(booked(sums, causes)).max(Traffic.NONE);
    }

    private static Claim claim(
            Sums sums,
            Base base,
            Look look,
            Charge charge,
            Adjustment.Reason reason,
            Traffic more,
            boolean strike) {
        String cause =
                (reason == Adjustment.Reason.HIDDEN ? hidden(sums) : uncounted(sums))
                        + name(charge.attribution());
        if (strike && sums.claimed().containsKey(cause)) {
            cause += ":" + sums.claimed().size(); // the ledger gives each cause one strike
        }
        return new Claim(
                cause,
                reason,
                charge.attribution(),
                sums.claimed().getOrDefault(cause, Traffic.NONE).plus(more),
                base.at(),
                look.at(),
                Optional.empty(),
                evidence(sums, base, look, charge),
                strike);
    }

    /** In a cause, where no agent's id can be mistaken for it. */
    static String name(Attribution attribution) {
        return attribution instanceof AgentId ? attribution.value() : "-";
    }

    /** By the names that are published; figures are the window's. */
    private static Map<String, String> evidence(Sums sums, Base base, Look look, Charge charge) {
        Testimony grown = grown(base, look.after());
        Map<String, String> evidence = new TreeMap<>();
        evidence.put("window", Long.toString(sums.window()));
        evidence.put("slot", look.slot().account());
        evidence.put("settled", Boolean.toString(look.isSettled()));
        put(evidence, "ledger", grown.ledger());
        put(evidence, "server", grown.received());
        put(evidence, "handed", grown.handed());
        if (!charge.suspects().isEmpty()) {
            evidence.put("connections", charge.connections());
        }
        return evidence;
    }

    private static void put(Map<String, String> evidence, String name, Traffic amount) {
        evidence.put(name + "_messages", Long.toString(amount.messages()));
        evidence.put(name + "_bytes", Long.toString(amount.bytes()));
    }

    private static Testimony grown(Base base, Map<String, Testimony> servers) {
        Testimony grown = Testimony.NONE;
        for (var server : servers.entrySet()) {
            grown = grown.plus(server.getValue().minus(base.of(server.getKey())));
        }
        return grown;
    }

    private static Map<String, Traffic> said(Base base, Look look, Traffic adjusted) {
        Testimony grown = grown(base, look.before());
        Map<String, Traffic> said = new HashMap<>();
        said.put(ReconciledFields.LEDGER, grown.ledger());
        said.put(ReconciledFields.SERVER, grown.received());
        said.put(ReconciledFields.ADJUSTED, adjusted);
        boolean tapped =
                !look.tap().isEmpty()
                        && look.tap().equals(base.tap())
                        && look.isSentLocal()
                        && Difference.isComparable(base, look);
        if (tapped) {
            said.put(ReconciledFields.TAP, grown.handed());
            said.put(ReconciledFields.SEEN, look.seenAfter().minus(base.seen()).max(Traffic.NONE));
            said.put(ReconciledFields.TAPPED_LEDGER, grown.ledger());
            said.put(
                    ReconciledFields.REFUSED,
                    grown.received().minus(grown.handed()).max(Traffic.NONE));
        }
        return said;
    }

    private static Window begin(
            Sums sums,
            Optional<Base> before,
            Look look,
            Map<String, Traffic> said,
            Map<String, GatewayBalance> even) {
        Base base =
                new Base(
                        look.at(),
                        look.slot(),
                        look.tap(),
                        look.seenAfter(),
                        look.sessions(),
                        look.before(),
                        before.map(b -> b.departedWithout(look.before(), look.at()))
                                .orElse(Map.of()),
                        even);
        return new Window(sums.window(), base.write(), said, look.at());
    }
}
