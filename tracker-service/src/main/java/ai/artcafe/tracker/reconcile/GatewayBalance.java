package ai.artcafe.tracker.reconcile;

import ai.artcafe.model.usage.Traffic;
import java.util.Optional;

/**
 * What a gateway has published for a tenant, told twice.
 *
 * @param link by the NATS servers: what its own connections in the slot have carried; their bytes
 *     include the headers that the gateway adds
 * @param sockets by the gateway's readings: what its sockets have taken in
 */
record GatewayBalance(Traffic link, Traffic sockets) {

    static final GatewayBalance NONE = new GatewayBalance(Traffic.NONE, Traffic.NONE);

    /** Messages that NATS has counted more than the gateway's readings have told. */
    long lead() {
        return link.messages() - sockets.messages();
    }

    GatewayBalance plus(GatewayBalance other) {
        return new GatewayBalance(link.plus(other.link), sockets.plus(other.sockets));
    }

    /** Whether either is less than it was: what it is the sum of has been dropped. */
    boolean hasShrunkSince(GatewayBalance earlier) {
        return link.messages() < earlier.link.messages()
                || sockets.messages() < earlier.sockets.messages();
    }

    /** Whether only one of the two has told anything. */
    boolean isOneSided() {
        return link.messages() == 0 || sockets.messages() == 0;
    }

    /** By how many bytes a message is larger on the link than at the sockets, on average. */
    double meanHeaders() {
        return (double) link.bytes() / link.messages()
                - (double) sockets.bytes() / sockets.messages();
    }

    String text() {
        return Numbers.text(link, sockets);
    }

    static Optional<GatewayBalance> parse(String text) {
        return Numbers.traffic(text, 2).map(two -> new GatewayBalance(two.get(0), two.get(1)));
    }
}
