package ai.artcafe.metrics.flow;

import ai.artcafe.model.flow.Ranking;
import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * One of the most frequent.
 *
 * @param name the subject, relative to the tenant; the channel; the agent
 * @param messages at most so many
 * @param atLeast where there are too many to tell all apart: at least so many
 * @param share of all, 0 to 1
 */
public record Share(
        String name,
        long messages,
        @JsonInclude(JsonInclude.Include.NON_ABSENT) Optional<Long> atLeast,
        double share) {

    /** How many an answer lists. */
    public static final int LISTED = 10;

    /** The most frequent first. */
    public static List<Share> top(Ranking ranking, Predicate<String> shown) {
        double total = ranking.total();
        return ranking.top(Integer.MAX_VALUE).stream()
                .filter(entry -> entry.estimate() > 0 && shown.test(entry.item()))
                .limit(LISTED)
                .map(entry ->
                        new Share(
                                entry.item(),
                                entry.estimate(),
                                Optional.of(entry.atLeast())
                                        .filter(least -> least < entry.estimate()),
                                Rounded.to(6, Math.min(1, entry.estimate() / total))))
                .toList();
    }

    /** The most frequent first. */
    public static List<Share> top(Ranking ranking) {
        return top(ranking, _ -> true);
    }
}
