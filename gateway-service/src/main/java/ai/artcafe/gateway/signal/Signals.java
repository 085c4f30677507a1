package ai.artcafe.gateway.signal;

import ai.artcafe.gateway.telemetry.GatewayMeters;
import ai.artcafe.model.flow.ErrorSignal;
import ai.artcafe.model.identity.AgentId;
import ai.artcafe.model.identity.TenantId;
import ai.artcafe.model.signal.GatewaySignals;
import jakarta.enterprise.context.ApplicationScoped;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/**
 * What has happened since the trackers were last told: the latest heartbeat of each socket, and
 * errors by agent. Event loops add without waiting; one thread takes. What there is no room for is
 * dropped and counted.
 */
@ApplicationScoped
public class Signals {

    private final SignalConfig config;
    private final GatewayMeters meters;
    private final Map<Source, Beat> beats = new ConcurrentHashMap<>();
    private final AtomicLong beatBytes = new AtomicLong();
    private final Map<Failing, Long> errors = new ConcurrentHashMap<>();

    Signals(SignalConfig config, GatewayMeters meters) {
        this.config = config;
        this.meters = meters;
    }

    /** What an agent may say of itself on its socket. */
    public enum Kind {
        HEARTBEAT,
        PRESENCE
    }

    /** Whose signs of life they are. */
    public record Speaker(TenantId tenant, AgentId agent, String connectionId) {}

    private record Source(String connectionId, Kind kind) {}

    private record Beat(Speaker speaker, long at, Optional<byte[]> frame) {
        int bytes() {
            return frame.map(bytes -> bytes.length).orElse(0);
        }
    }

    private record Failing(TenantId tenant, Optional<AgentId> agent, ErrorSignal kind) {}

    /**
     * A heartbeat came, or a presence frame.
     *
     * @param at when, in epoch milliseconds
     * @param frame as it came, not to be changed
     */
    public void heard(Speaker speaker, Kind kind, long at, byte[] frame) {
        Source source = new Source(speaker.connectionId(), kind);
        if (beats.size() >= config.heartbeats() && !beats.containsKey(source)) {
            meters.signalsDropped(GatewayMeters.HEARTBEAT, 1);
            return;
        }
        boolean fits =
                frame.length <= config.frameBytes()
                        && beatBytes.get() + frame.length <= config.heartbeatBytes();
        Beat beat = new Beat(speaker, at, fits ? Optional.of(frame) : Optional.empty());
        beatBytes.addAndGet(beat.bytes());
        release(beats.put(source, beat));
    }

    /** The socket is closed: what it said is older than that, and need not be told. */
    public void closed(String connectionId) {
        for (Kind kind : Kind.values()) {
            release(beats.remove(new Source(connectionId, kind)));
        }
    }

    private void release(@Nullable Beat beat) {
        if (beat != null) {
            beatBytes.addAndGet(-beat.bytes());
        }
    }

    /** Something went wrong for an agent. */
    public void failed(TenantId tenant, AgentId agent, ErrorSignal kind) {
        Failing failing = new Failing(tenant, Optional.of(agent), kind);
        if (errors.size() >= config.errorAgents() && !errors.containsKey(failing)) {
            failing = new Failing(tenant, Optional.empty(), kind);
            if (errors.size() >= 2 * config.errorAgents() && !errors.containsKey(failing)) {
                meters.signalsDropped(GatewayMeters.ERROR, 1);
                return;
            }
        }
        errors.merge(failing, 1L, Long::sum);
    }

    /** The heartbeats since the last call. */
    List<GatewaySignals.Heartbeat> takeHeartbeats() {
        List<GatewaySignals.Heartbeat> taken = new ArrayList<>();
        for (Iterator<Map.Entry<Source, Beat>> each = beats.entrySet().iterator();
                each.hasNext(); ) {
            Map.Entry<Source, Beat> entry = each.next();
            Beat beat = entry.getValue();
            if (beats.remove(entry.getKey(), beat)) {
                release(beat);
                taken.add(
                        new GatewaySignals.Heartbeat(
                                beat.speaker().tenant(),
                                beat.speaker().agent(),
                                beat.speaker().connectionId(),
                                Instant.ofEpochMilli(beat.at()),
                                beat.frame()
                                        .map(bytes -> new String(bytes, StandardCharsets.UTF_8))));
            }
        }
        return taken;
    }

    /** The errors since the last call. */
    List<GatewaySignals.Errors> takeErrors() {
        List<GatewaySignals.Errors> taken = new ArrayList<>();
        for (Failing failing : errors.keySet()) {
            Long sum = errors.remove(failing);
            if (sum != null) {
                taken.add(
                        new GatewaySignals.Errors(
                                failing.tenant(), failing.agent(), failing.kind(), sum));
            }
        }
        return taken;
    }
}
