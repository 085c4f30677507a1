package ai.artcafe.gateway.reading;

import ai.artcafe.gateway.GatewayIdentity;
import ai.artcafe.model.usage.GatewayReadings;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/**
 * Sends what is unacknowledged, in batches of a bounded size and one after the other. Only the last
 * batch of a round carries the time of the round: until it is acknowledged, the ledger is complete
 * through the round before. Not thread-safe.
 */
final class ReadingRound {

    private final GatewayIdentity gateway;
    private final SocketReadings sockets;
    private final ReadingSender sender;
    private final int batchSize;
    private final Clock clock;

    private Instant completeThrough;

    ReadingRound(
            GatewayIdentity gateway,
            SocketReadings sockets,
            ReadingSender sender,
            int batchSize,
            Clock clock) {
        this.gateway = gateway;
        this.sockets = sockets;
        this.sender = sender;
        this.batchSize = batchSize;
        this.clock = clock;
        this.completeThrough = Instant.ofEpochMilli(gateway.epoch());
    }

    /**
     * @param closing whether every socket is closed, so that nothing can follow
     * @return whether all of it was acknowledged
     */
    boolean run(boolean closing) {
        Instant at = clock.instant();
        List<GatewayReadings.Socket> readings = sockets.unacknowledged();
        int from = 0;
        while (readings.size() - from > batchSize) {
            if (!send(completeThrough, false, readings.subList(from, from + batchSize))) {
                return false;
            }
            from += batchSize;
        }
        if (!send(at, closing, readings.subList(from, readings.size()))) {
            return false;
        }
        completeThrough = at;
        return true;
    }

    /**
     * What is left when the gateway has to end: the last batch in parts of a bounded size, of which
     * the last one alone says so.
     */
    List<GatewayReadings> left(int partSize) {
        Instant at = clock.instant();
        List<GatewayReadings.Socket> readings = sockets.unacknowledged();
        List<GatewayReadings> parts = new ArrayList<>();
        int from = 0;
        while (readings.size() - from > partSize) {
            parts.add(batch(completeThrough, false, readings.subList(from, from + partSize)));
            from += partSize;
        }
        parts.add(batch(at, true, readings.subList(from, readings.size())));
        return parts;
    }

    private boolean send(Instant at, boolean closing, List<GatewayReadings.Socket> readings) {
        if (!sender.send(batch(at, closing, readings))) {
            return false;
        }
        sockets.acknowledge(readings);
        return true;
    }

    private GatewayReadings batch(
            Instant at, boolean closing, List<GatewayReadings.Socket> readings) {
        return new GatewayReadings(gateway.id(), gateway.epoch(), at, closing, readings);
    }
}
