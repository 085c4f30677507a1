package ai.artcafe.gateway.signal;

import ai.artcafe.model.signal.GatewaySignals;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** Parts what is to be told into messages of a bounded size. */
final class SignalBatches {

    /** Names, ids, times and punctuation of one entry, at most. */
    private static final int ENTRY_BYTES = 400;

    private final String gatewayId;
    private final Instant at;
    private final int messageBytes;
    private final List<GatewaySignals> batches = new ArrayList<>();
    private List<GatewaySignals.Heartbeat> heartbeats = new ArrayList<>();
    private List<GatewaySignals.Errors> errors = new ArrayList<>();
    private long bytes;

    private SignalBatches(String gatewayId, Instant at, int messageBytes) {
        this.gatewayId = gatewayId;
        this.at = at;
        this.messageBytes = messageBytes;
    }

    static List<GatewaySignals> of(
            String gatewayId,
            Instant at,
            List<GatewaySignals.Heartbeat> heartbeats,
            List<GatewaySignals.Errors> errors,
            int messageBytes) {
        SignalBatches batches = new SignalBatches(gatewayId, at, messageBytes);
        for (GatewaySignals.Heartbeat heartbeat : heartbeats) {
            batches.room(ENTRY_BYTES + heartbeat.frame().map(SignalBatches::written).orElse(0));
            batches.heartbeats.add(heartbeat);
        }
        for (GatewaySignals.Errors error : errors) {
            batches.room(ENTRY_BYTES);
            batches.errors.add(error);
        }
        batches.end();
        return batches.batches;
    }

    /** Quotes and backslashes are escaped in a JSON string; line breaks and the like, too. */
    private static int written(String frame) {
        return 2 * frame.getBytes(StandardCharsets.UTF_8).length;
    }

    private void room(int more) {
        if (bytes + more > messageBytes) {
            end();
        }
        bytes += more;
    }

    private void end() {
        if (bytes > 0) {
            batches.add(new GatewaySignals(gatewayId, at, heartbeats, errors));
            heartbeats = new ArrayList<>();
            errors = new ArrayList<>();
            bytes = 0;
        }
    }
}
