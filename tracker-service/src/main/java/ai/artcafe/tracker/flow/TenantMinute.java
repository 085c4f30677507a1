package ai.artcafe.tracker.flow;

import ai.artcafe.model.flow.Flow;
import ai.artcafe.model.identity.TenantId;
import ai.artcafe.model.usage.Traffic;
import ai.artcafe.tracker.tap.SlotWindow;
import ai.artcafe.tracker.tap.TapCounter;
import ai.artcafe.tracker.tap.TapDetail;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * What this tap has seen of a tenant in a minute, and how much of that is written. Not thread-safe.
 */
final class TenantMinute {

    private final TenantId tenant;
    private final Instant start;
    private final Flow flow = new Flow();
    private final Map<Integer, Traffic> seconds = new HashMap<>();
    private final Map<Integer, Traffic> written = new HashMap<>();
    private long version;
    private long writtenVersion;
    private Instant sketchesAt = Instant.EPOCH;

    TenantMinute(TenantId tenant, Instant start) {
        this.tenant = tenant;
        this.start = start;
    }

    /**
     * A share of it, and how much it holds.
     *
     * @param version of the sketches, the present one of those that are not among it
     */
    record Cut(FlowShare share, long version) {}

    Instant start() {
        return start;
    }

    /** Adds a window. */
    void take(int second, SlotWindow window, FlowNames names) {
        version++;
        flow.count(window.messages().messages(), window.messages().bytes());
        flow.countControl(window.control().messages(), window.control().bytes());
        if (!window.messages().equals(Traffic.NONE)) {
            seconds.merge(second, window.messages(), Traffic::plus);
        }
        Map<String, Long> subjects = new HashMap<>();
        for (TapDetail detail : window.details()) {
            take(detail, subjects);
        }
        subjects.forEach((subject, messages) ->
                names.add(flow, tenant, TapCounter.withoutSlot(subject), messages));
    }

    private void take(TapDetail detail, Map<String, Long> subjects) {
        flow.countInspected(detail.count());
        flow.countServiceErrors(detail.serviceErrors());
        for (int i = 0; i < detail.count(); i++) {
            int weight = detail.weights()[i];
            int latency = detail.latencies()[i];
            flow.sizes().add(detail.sizes()[i], weight);
            if (latency != TapDetail.UNKNOWN) {
                flow.latency().add(latency, weight);
            }
            subjects.merge(detail.subjects()[i], (long) weight, Long::sum);
        }
    }

    /** Whether something is not written yet. */
    boolean isDirty() {
        return version != writtenVersion;
    }

    /** When the sketches were last written. */
    Instant sketchesAt() {
        return sketchesAt;
    }

    /** What is to be written: seconds that have changed, and the sketches if they are wanted. */
    Cut cut(boolean withSketches) {
        Map<Integer, Traffic> changed = new HashMap<>(seconds);
        changed.entrySet().removeAll(written.entrySet());
        return new Cut(
                new FlowShare(
                        tenant,
                        start,
                        changed,
                        withSketches
                                ? Optional.of(new FlowShare.Sketches(flow.toBytes()))
                                : Optional.empty()),
                version);
    }

    /** That has been written. */
    void written(Cut cut, Instant at) {
        written.putAll(cut.share().seconds());
        if (cut.share().sketches().isPresent()) {
            writtenVersion = cut.version();
            sketchesAt = at;
        }
    }
}
