package ai.artcafe.tracker.reconcile;

import ai.artcafe.model.usage.Traffic;
import java.util.Optional;

/**
 * What the witnesses say of one tenant on one NATS server, each cumulative since the server
 * started.
 *
 * @param ledger what the connections in the slot have published, by the ledger
 * @param received what the slot's account has received, by the server
 * @param sent what was delivered out of the account, the tap's copies among it, by the server
 * @param unsure what was left out of {@code sent} and may have been a message all the same
 * @param out what the connections in the slot were handed, by the ledger
 */
record Testimony(Traffic ledger, Traffic received, Traffic sent, Traffic unsure, Traffic out) {

    static final Testimony NONE =
            new Testimony(Traffic.NONE, Traffic.NONE, Traffic.NONE, Traffic.NONE, Traffic.NONE);

    /** What the tap was handed: a copy of each message that was delivered to anyone. */
    Traffic handed() {
        return sent.minus(out);
    }

    Testimony plus(Testimony other) {
        return new Testimony(
                ledger.plus(other.ledger),
                received.plus(other.received),
                sent.plus(other.sent),
                unsure.plus(other.unsure),
                out.plus(other.out));
    }

    Testimony minus(Testimony earlier) {
        return new Testimony(
                ledger.minus(earlier.ledger),
                received.minus(earlier.received),
                sent.minus(earlier.sent),
                unsure.minus(earlier.unsure),
                out.minus(earlier.out));
    }

    /** Ten numbers. */
    String text() {
        return Numbers.text(ledger, received, sent, unsure, out);
    }

    static Optional<Testimony> parse(String text) {
        return Numbers.traffic(text, 5)
                .map(all ->
                        new Testimony(all.get(0), all.get(1), all.get(2), all.get(3), all.get(4)));
    }
}
