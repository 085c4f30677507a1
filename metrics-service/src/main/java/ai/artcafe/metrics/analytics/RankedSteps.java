package ai.artcafe.metrics.analytics;

import ai.artcafe.metrics.store.FlowItems;
import ai.artcafe.model.flow.FlowSketches;
import ai.artcafe.model.identity.TenantId;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * The channels, or the agents, of each step of a time. Those of steps that are rolled up are kept
 * by the steps' states, so that a late change is another step. Thread-safe.
 */
@ApplicationScoped
class RankedSteps {

    /** How many channels and agents of steps are kept; one takes about 150 bytes. */
    private static final long ROWS = 400_000;

    private static final Duration UNUSED = Duration.ofMinutes(30);

    /** How many sketches are held in memory at once. */
    private static final int AT_ONCE = 100;

    private final FlowPast past;
    private final FlowItems items;
    private final Kept<Step, Ranks> ranks =
            Kept.whileUsed(ROWS, (_, kept) -> 1 + kept.byName().size(), UNUSED);

    RankedSteps(FlowPast past, FlowItems items) {
        this.past = past;
        this.items = items;
    }

    private record Step(TenantId tenant, Ranks.Kind kind, FlowVersion version) {}

    /** By the beginnings of the steps in the range of which anything is known. */
    NavigableMap<Instant, Ranks> read(
            TenantId tenant, Ranks.Kind kind, AnalyticsRange range, Instant now) {
        FlowPast.Steps steps = past.steps(tenant, range, now);
        Set<Step> rolled =
                steps.rolled().subMap(range.from(), range.to()).values().stream()
                        .map(step -> new Step(tenant, kind, FlowVersion.of(range.step(), step)))
                        .collect(Collectors.toSet());
        NavigableMap<Instant, Ranks> read = new TreeMap<>();
        ranks.getAll(rolled, this::load)
                .forEach((step, kept) -> {
                    read.put(step.version.start(), kept);
                    if (kept.progress() != step.version.progress()) {
                        ranks.forget(step);
                    }
                });
        steps.young().forEach((start, sketches) -> read.put(start, Ranks.of(kind, sketches)));
        return read;
    }

    private Map<Step, Ranks> load(Set<Step> missing) {
        Map<Step, Ranks> loaded = new HashMap<>();
        List<Step> all = new ArrayList<>(missing);
        for (int from = 0; from < all.size(); from += AT_ONCE) {
            List<Step> some = all.subList(from, Math.min(all.size(), from + AT_ONCE));
            Map<FlowItems.Key, FlowSketches> found =
                    items.sketches(
                            some.getFirst().tenant,
                            some.stream().map(step -> step.version.key()).toList());
            for (Step step : some) {
                FlowSketches sketches = found.getOrDefault(step.version.key(), new FlowSketches());
                loaded.put(step, Ranks.of(step.kind, sketches));
            }
        }
        return loaded;
    }
}
