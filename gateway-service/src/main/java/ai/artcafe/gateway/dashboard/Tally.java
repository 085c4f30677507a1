package ai.artcafe.gateway.dashboard;

/**
 * What became of the messages that a subscription saw, since it began.
 *
 * @param delivered handed on to be sent
 * @param suppressed kept back: more than asked for, or while previews are cut off
 * @param dropped there was no room for them
 */
record Tally(long delivered, long suppressed, long dropped) {

    static final Tally NONE = new Tally(0, 0, 0);

    /** Whether more has been kept back or dropped than at an earlier time. */
    boolean lacksMoreThan(Tally earlier) {
        return suppressed > earlier.suppressed || dropped > earlier.dropped;
    }
}
