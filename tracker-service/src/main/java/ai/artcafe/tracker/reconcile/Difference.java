package ai.artcafe.tracker.reconcile;

import ai.artcafe.model.usage.Traffic;
import java.time.Duration;

/**
 * What the witnesses say of a tenant's traffic in a window, and what the ledger is missing of it:
 * exactly that when all was settled, else at least that.
 *
 * @param uncounted what the account has received and no connection's counters hold
 * @param hidden what the tap was handed beyond what the account has received
 * @param doubt how far the ledger's first answer was from what the others say, in messages
 */
record Difference(Traffic uncounted, Traffic hidden, long doubt) {

    /** How far trackers' clocks may be apart. */
    private static final Duration CLOCKS = Duration.ofSeconds(2);

    /**
     * What should be less is taken from the later answers, so that what moved meanwhile makes both
     * differences smaller. A server adds the messages of a client's buffer to what it received only
     * when it is through with the buffer, and has sent them by then: hidden is only what it had
     * sent first and has not received a moment later.
     */
    static Difference between(Base base, Look look) {
        Traffic uncounted = Traffic.NONE;
        Traffic counted = Traffic.NONE;
        Traffic ledger = Traffic.NONE;
        Traffic handed = Traffic.NONE;
        Traffic unsure = Traffic.NONE;
        for (var server : look.after().entrySet()) {
            Testimony from = base.of(server.getKey());
            Testimony later = server.getValue().minus(from);
            Testimony first =
                    look.before().getOrDefault(server.getKey(), Testimony.NONE).minus(from);
            uncounted = uncounted.plus(positive(first.received().minus(later.ledger())));
            counted = counted.plus(later.received().max(later.ledger()));
            ledger = ledger.plus(later.ledger());
            handed = handed.plus(first.sent().minus(later.out()));
            unsure = unsure.plus(first.unsure());
        }
        Traffic hidden =
                atLeastOneMessage(positive(handed(base, look, handed, unsure).minus(counted)));
        long most = Math.max(handed.messages(), counted.messages());
        return new Difference(
                atLeastOneMessage(uncounted), hidden, Math.abs(most - ledger.messages()));
    }

    /**
     * What a server itself puts into an account, such as notices of failed logins, is among what it
     * sent and is no message. What the taps have counted decides how much that was: it is at most
     * what was published.
     */
    private static Traffic handed(Base base, Look look, Traffic certain, Traffic unsure) {
        Traffic seen = (look.isSettled() ? look.seenAfter() : look.seenBefore()).minus(base.seen());
        Traffic all = certain.plus(unsure);
        Traffic most = all.min(seen);
        if (isComparable(base, look)) {
            return certain.max(most);
        }
        // another tracker began the window: what this one has heard of since before then is enough
        return look.listeningSince().plus(CLOCKS).isBefore(base.at())
                ? all.minus(unsureInAll(look)).max(most)
                : most;
    }

    private static Traffic unsureInAll(Look look) {
        return look.before().values().stream()
                .map(Testimony::unsure)
                .reduce(Traffic.NONE, Traffic::plus);
    }

    /** Whether all that the servers put into the account themselves has been heard of. */
    static boolean isComparable(Base base, Look look) {
        return look.sessions().equals(base.sessions());
    }

    private static Traffic positive(Traffic amount) {
        return amount.max(Traffic.NONE);
    }

    /** Bytes that are missing were in a message, though refused ones may make up the number. */
    private static Traffic atLeastOneMessage(Traffic amount) {
        return amount.bytes() > 0 && amount.messages() == 0
                ? new Traffic(1, amount.bytes())
                : amount;
    }
}
