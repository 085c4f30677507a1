package ai.artcafe.tracker.reconcile;

import ai.artcafe.model.usage.Traffic;

/**
 * What the witnesses say of a tenant's traffic in a window, and what the ledger is missing of it:
 * exactly that when all was settled, else at least that.
 *
 * @param uncounted what the account has received and no connection's counters hold
 * @param hidden what the tap was handed beyond what the account has received
 * @param doubt how far the ledger's first answer was from what the others say, in messages
 */
record Difference(Traffic uncounted, Traffic hidden, long doubt) {

    /**
     * The ledger is asked again after the servers, so that what moved meanwhile makes both
     * differences smaller. The server adds a message to what it sent before it adds it to what it
     * received: hidden is only what is in neither by then.
     */
    static Difference between(Base base, Look look) {
        Traffic uncounted = Traffic.NONE;
        Traffic counted = Traffic.NONE;
        Traffic ledger = Traffic.NONE;
        Traffic handed = Traffic.NONE;
        for (var server : look.after().entrySet()) {
            Testimony grown = server.getValue().minus(base.of(server.getKey()));
            uncounted = uncounted.plus(positive(grown.received().minus(grown.ledger())));
            counted = counted.plus(grown.received().max(grown.ledger()));
            ledger = ledger.plus(grown.ledger());
            handed = handed.plus(grown.handed());
        }
        Traffic hidden = atLeastOneMessage(positive(handed.minus(counted)));
        long most = Math.max(handed.messages(), counted.messages());
        return new Difference(
                atLeastOneMessage(uncounted), hidden, Math.abs(most - ledger.messages()));
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
