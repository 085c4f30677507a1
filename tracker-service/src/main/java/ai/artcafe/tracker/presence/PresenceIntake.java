package ai.artcafe.tracker.presence;

import ai.artcafe.model.identity.AgentId;
import ai.artcafe.model.identity.Slot;
import ai.artcafe.model.identity.TenantId;
import ai.artcafe.model.presence.Door;
import ai.artcafe.model.subject.SubjectClass;
import ai.artcafe.tracker.reconcile.SlotMap;
import ai.artcafe.tracker.reconcile.Tenancy;
import ai.artcafe.tracker.tap.ControlListener;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Heartbeats, presence and self-reports from the tap, the latest of each agent and kind. The tap's
 * dispatchers add without waiting; one thread takes.
 */
final class PresenceIntake implements ControlListener {

    /** How long one from a slot that is nobody's yet waits: a new tenant shows within that. */
    private static final Duration PATIENCE = Duration.ofSeconds(8);

    private static final byte[] NOTHING = {};

    private final PresenceConfig config;
    private final SelfReportReader reader;
    private final Figures figures;
    private final Clock clock;
    private final Map<Source, Heard> latest = new ConcurrentHashMap<>();
    private final AtomicLong bytes = new AtomicLong();

    PresenceIntake(PresenceConfig config, SelfReportReader reader, Figures figures, Clock clock) {
        this.config = config;
        this.reader = reader;
        this.figures = figures;
        this.clock = clock;
    }

    private record Source(Slot slot, TenantId tenant, AgentId agent, SubjectClass.Kind kind) {}

    private record Heard(long at, byte[] payload) {}

    /** Takes what was heard of an agent. */
    @FunctionalInterface
    interface Taker {
        void take(TenantId tenant, AgentId agent, Facts facts);
    }

    @Override
    public void heard(Slot slot, SubjectClass.Control control, byte[] payload) {
        Source source = new Source(slot, control.tenant(), control.agent(), control.kind());
        if (latest.size() >= config.maxWaiting() && !latest.containsKey(source)) {
            figures.ignore(Ignored.NO_ROOM);
            return;
        }
        byte[] kept = payload;
        if (payload.length > config.maxPayload()) {
            figures.ignore(Ignored.TOO_LARGE);
            kept = NOTHING;
        } else if (bytes.get() + payload.length > config.maxWaitingBytes()) {
            figures.ignore(Ignored.NO_ROOM);
            kept = NOTHING;
        }
        bytes.addAndGet(kept.length);
        Heard before = latest.put(source, new Heard(clock.millis(), kept));
        if (before != null) {
            bytes.addAndGet(-before.payload().length);
        }
    }

    /**
     * Hands on what was heard since the last call, and came in its tenant's own slot.
     *
     * @param slots is told of slots that are nobody's
     */
    void drain(SlotMap slots, Taker taker) {
        long now = clock.millis();
        latest.forEach((source, heard) -> {
            Optional<TenantId> owner = slots.known(source.slot()).map(Tenancy::tenant);
            if (owner.isEmpty() && heard.at() + PATIENCE.toMillis() > now) {
                slots.missed();
                return;
            }
            if (!latest.remove(source, heard)) {
                return;
            }
            bytes.addAndGet(-heard.payload().length);
            if (owner.isEmpty()) {
                figures.ignore(Ignored.UNKNOWN_SLOT);
            } else if (!owner.get().equals(source.tenant())) {
                figures.ignore(Ignored.FOREIGN_SLOT);
            } else {
                taker.take(source.tenant(), source.agent(), facts(source, heard));
            }
        });
    }

    private Facts facts(Source source, Heard heard) {
        Instant at = Instant.ofEpochMilli(heard.at());
        SelfReport report = reader.read(heard.payload(), source.tenant(), source.agent(), at);
        return switch (source.kind()) {
            case HEARTBEAT -> Facts.heartbeat(at, Door.NATS, report);
            case PRESENCE, METRICS -> Facts.report(at, report);
        };
    }

    int waiting() {
        return latest.size();
    }
}
