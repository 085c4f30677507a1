package ai.artcafe.tracker.ledger.store;

import ai.artcafe.model.key.UsageFields;
import ai.artcafe.model.usage.Counters;
import ai.artcafe.model.usage.Traffic;
import ai.artcafe.tracker.ledger.Sums;
import java.util.HashMap;
import java.util.Map;

/** The fields of {@link LedgerKeys#meta}. */
final class MetaFields {

    static final String RESTORED = "restored";
    static final String REVISION = "revision";
    static final String SETTLED = "settled:";
    static final String SUM = "sum:";
    static final String LINK = "link:";
    static final String CLAIM = "claim:";
    static final String WINDOW = "window";
    static final String BASE = "base:";
    static final String STRIKE = "strike:";

    private MetaFields() {}

    static Sums sums(Map<String, String> meta) {
        Map<String, Counters> agents = new HashMap<>();
        Map<String, Map<String, Counters>> links = new HashMap<>();
        Map<String, Traffic> claimed = new HashMap<>();
        Map<String, String> base = new HashMap<>();
        meta.forEach((field, value) -> {
            if (field.startsWith(SUM)) {
                agents.put(field.substring(SUM.length()), counters(value));
            } else if (field.startsWith(LINK)) {
                int slash = field.lastIndexOf('/');
                links.computeIfAbsent(field.substring(LINK.length(), slash), _ -> new HashMap<>())
                        .put(field.substring(slash + 1), counters(value));
            } else if (field.startsWith(CLAIM)) {
                String[] numbers = value.split(" ", -1);
                claimed.put(
                        field.substring(CLAIM.length()),
                        new Traffic(Long.parseLong(numbers[0]), Long.parseLong(numbers[1])));
            } else if (field.startsWith(BASE)) {
                base.put(field.substring(BASE.length()), value);
            }
        });
        return new Sums(agents, links, claimed, UsageFields.number(meta, WINDOW), base);
    }

    /** Six counters, and when they last grew. */
    private static Counters counters(String text) {
        String[] numbers = text.split(" ", -1);
        return new Counters(
                Long.parseLong(numbers[0]),
                Long.parseLong(numbers[1]),
                Long.parseLong(numbers[2]),
                Long.parseLong(numbers[3]),
                Long.parseLong(numbers[4]),
                Long.parseLong(numbers[5]));
    }
}
