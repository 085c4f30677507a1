package ai.artcafe.metrics.analytics;

import ai.artcafe.metrics.store.FlowItems;
import ai.artcafe.model.flow.FlowSketches;
import ai.artcafe.model.identity.TenantId;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * Merges of rolled-up sketches. They are kept by the very states of the spans that they are made
 * of, so that a late change gives another merge and nothing is hidden by what is kept. A span that
 * comes after those of a kept merge is added to it. Thread-safe.
 */
@ApplicationScoped
class FlowMerges {

    /** A merge takes up to about 100 KB. */
    private static final long MERGES = 500;

    private static final Duration UNUSED = Duration.ofMinutes(15);

    private final FlowItems items;
    private final Kept<Question, Merge> merges = Kept.whileUsed(MERGES, (_, _) -> 1, UNUSED);

    FlowMerges(FlowItems items) {
        this.items = items;
    }

    private record Question(TenantId tenant, List<FlowVersion> versions) {}

    /**
     * Sketches that nobody changes any more.
     *
     * @param isAsAsked whether each was read in the very state that was asked for
     */
    private record Merge(FlowSketches sketches, boolean isAsAsked) {

        /** Reading them is not thread-safe either. */
        synchronized void into(FlowSketches target) {
            target.merge(sketches);
        }
    }

    /**
     * Merges those spans into the target.
     *
     * @param versions in the order of time
     */
    void into(FlowSketches target, TenantId tenant, List<FlowVersion> versions) {
        if (versions.isEmpty()) {
            return;
        }
        Question question = new Question(tenant, List.copyOf(versions));
        Merge merge = merges.get(question, () -> read(question));
        if (!merge.isAsAsked) {
            merges.forget(question);
        }
        merge.into(target);
    }

    private Merge read(Question question) {
        List<FlowVersion> versions = question.versions;
        for (int known = versions.size() - 1; known >= Math.max(1, versions.size() - 2); known--) {
            Question shorter = new Question(question.tenant, versions.subList(0, known));
            Merge before = merges.present(shorter).orElse(null);
            if (before != null) {
                FlowSketches sketches = new FlowSketches();
                before.into(sketches);
                return add(question.tenant, versions.subList(known, versions.size()), sketches);
            }
        }
        return add(question.tenant, versions, new FlowSketches());
    }

    private Merge add(TenantId tenant, List<FlowVersion> versions, FlowSketches sketches) {
        Map<FlowItems.Key, FlowVersion> byKey =
                versions.stream().collect(Collectors.toMap(FlowVersion::key, Function.identity()));
        Map<FlowItems.Key, FlowSketches> found = items.sketches(tenant, byKey.keySet());
        found.values().forEach(sketches::merge);
        boolean isAsAsked =
                byKey.entrySet().stream()
                        .allMatch(version ->
                                found.containsKey(version.getKey())
                                        && found.get(version.getKey()).progress()
                                                == version.getValue().progress());
        return new Merge(sketches, isAsAsked);
    }
}
