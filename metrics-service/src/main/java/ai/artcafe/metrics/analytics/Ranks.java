package ai.artcafe.metrics.analytics;

import ai.artcafe.model.flow.FlowSketches;
import ai.artcafe.model.flow.Ranking;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * The channels or the agents of a step, each with how often it occurred.
 *
 * @param unnamed how often, at most, one that is not among them occurred
 * @param total how often any did
 * @param messages of the step
 * @param inspected how many of them were looked at in detail
 * @param progress of the sketches that it is from
 */
record Ranks(
        Map<String, Rank> byName,
        long unnamed,
        long total,
        long messages,
        long inspected,
        long progress) {

    /** What is ranked. */
    enum Kind {
        CHANNELS,
        AGENTS;

        private Ranking of(FlowSketches sketches) {
            return switch (this) {
                case CHANNELS -> sketches.flow().channels();
                case AGENTS -> sketches.agents();
            };
        }
    }

    Ranks {
        byName = Map.copyOf(byName);
    }

    static Ranks of(Kind kind, FlowSketches sketches) {
        Ranking ranking = kind.of(sketches);
        return new Ranks(
                ranking.top(Integer.MAX_VALUE).stream()
                        .collect(
                                Collectors.toMap(
                                        Ranking.Entry::item,
                                        entry -> new Rank(entry.estimate(), entry.atLeast()))),
                ranking.error(),
                ranking.total(),
                sketches.flow().messages(),
                sketches.flow().inspected(),
                sketches.progress());
    }

    Rank rank(String name) {
        return byName.getOrDefault(name, new Rank(unnamed, 0));
    }
}
