package ai.artcafe.metrics.store;

import ai.artcafe.model.usage.Traffic;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.LongStream;

/**
 * What was published in each of the last seconds.
 *
 * @param bySecond by epoch second; a second that is not there was silent or is forgotten
 */
public record RecentSeconds(Map<Long, Traffic> bySecond) {

    public RecentSeconds {
        bySecond = Map.copyOf(bySecond);
    }

    /** From values of the form {@code <second>:<messages>:<bytes>}. */
    static RecentSeconds parse(Collection<String> values) {
        Map<Long, Traffic> bySecond = new HashMap<>();
        for (String value : values) {
            List<Long> numbers = List.of(value.split(":", -1)).stream().map(Long::valueOf).toList();
            bySecond.put(numbers.get(0), new Traffic(numbers.get(1), numbers.get(2)));
        }
        return new RecentSeconds(bySecond);
    }

    /** The sum of so many seconds, the given one being the last. */
    public Traffic sum(long lastSecond, int seconds) {
        return LongStream.rangeClosed(lastSecond - seconds + 1, lastSecond)
                .mapToObj(second -> bySecond.getOrDefault(second, Traffic.NONE))
                .reduce(Traffic.NONE, Traffic::plus);
    }
}
