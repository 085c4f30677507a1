package ai.artcafe.tracker.flow;

import ai.artcafe.model.flow.Flow;
import ai.artcafe.model.identity.TenantId;
import ai.artcafe.model.usage.Traffic;
import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/** The trackers' shares of the flow, as Redis would keep them. */
final class FlowsInMemory implements FlowStore {

    private record Share(TenantId tenant, Instant minute, String tracker) {}

    private record Second(TenantId tenant, Instant minute, int second, String tracker) {}

    private final Map<Share, byte[]> flows = new HashMap<>();
    private final Map<Second, Traffic> seconds = new HashMap<>();
    private final Map<String, Instant> told = new HashMap<>();
    boolean isAway;

    @Override
    public Set<TenantId> write(String tracker, Collection<FlowShare> shares) {
        if (isAway) {
            return shares.stream().map(FlowShare::tenant).collect(Collectors.toSet());
        }
        for (FlowShare share : shares) {
            share.seconds()
                    .forEach((second, seen) ->
                            seconds.put(
                                    new Second(share.tenant(), share.minute(), second, tracker),
                                    seen));
            share.sketches()
                    .ifPresent(sketches ->
                            flows.put(
                                    new Share(share.tenant(), share.minute(), tracker),
                                    sketches.flow()));
        }
        return Set.of();
    }

    @Override
    public void told(String tracker, Instant through) {
        told.put(tracker, through);
    }

    @Override
    public void leave(String tracker) {
        told.remove(tracker);
    }

    /** All trackers' shares merged. */
    Flow flow(TenantId tenant, Instant minute) {
        Flow merged = new Flow();
        flows.forEach((share, bytes) -> {
            if (share.tenant.equals(tenant) && share.minute.equals(minute)) {
                merged.merge(Flow.of(bytes));
            }
        });
        return merged;
    }

    Map<Integer, Traffic> seconds(TenantId tenant, Instant minute) {
        Map<Integer, Traffic> sums = new HashMap<>();
        seconds.forEach((second, seen) -> {
            if (second.tenant.equals(tenant) && second.minute.equals(minute)) {
                sums.merge(second.second, seen, Traffic::plus);
            }
        });
        return sums;
    }

    int minutes() {
        return flows.size();
    }

    Map<String, Instant> told() {
        return told;
    }
}
