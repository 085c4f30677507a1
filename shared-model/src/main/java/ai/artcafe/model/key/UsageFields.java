package ai.artcafe.model.key;

import ai.artcafe.model.usage.Traffic;
import ai.artcafe.model.usage.UsageTotals;
import java.util.LinkedHashMap;
import java.util.Map;

/** The names under which totals are kept, as Redis hash fields and as DynamoDB attributes alike. */
public final class UsageFields {

    /** Published and delivered messages together. */
    public static final String MESSAGES = "messages";

    /** Published and delivered bytes together. */
    public static final String BYTES = "bytes";

    public static final String PUBLISHED = "published";
    public static final String PUBLISHED_BYTES = "published_bytes";
    public static final String DELIVERED = "delivered";
    public static final String DELIVERED_BYTES = "delivered_bytes";
    public static final String CONTROL = "control";
    public static final String CONTROL_BYTES = "control_bytes";

    /** What adjustments added to the published messages, or took off; it is among them. */
    public static final String ADJUSTMENT_MESSAGES = "adjustment_messages";

    /** The same of bytes. */
    public static final String ADJUSTMENT_BYTES = "adjustment_bytes";

    /** Connections opened. */
    public static final String CONNECTIONS = "connections";

    /** When the totals last changed, in epoch milliseconds. */
    public static final String LAST_ACTIVITY = "last_activity";

    /**
     * Grows with every change of the totals, whatever changed: what a conditional write compares,
     * so that an older value never replaces a newer one.
     */
    public static final String PROGRESS = "progress";

    private UsageFields() {}

    /** The totals in a hash; absent fields are zero. */
    public static UsageTotals read(Map<String, String> hash) {
        return new UsageTotals(
                new Traffic(number(hash, PUBLISHED), number(hash, PUBLISHED_BYTES)),
                new Traffic(number(hash, DELIVERED), number(hash, DELIVERED_BYTES)),
                new Traffic(number(hash, CONTROL), number(hash, CONTROL_BYTES)),
                number(hash, CONNECTIONS));
    }

    /** The totals as fields, those that are derived among them. */
    public static Map<String, Long> write(UsageTotals totals) {
        Map<String, Long> fields = new LinkedHashMap<>();
        fields.put(MESSAGES, totals.published().messages() + totals.delivered().messages());
        fields.put(BYTES, totals.published().bytes() + totals.delivered().bytes());
        fields.put(PUBLISHED, totals.published().messages());
        fields.put(PUBLISHED_BYTES, totals.published().bytes());
        fields.put(DELIVERED, totals.delivered().messages());
        fields.put(DELIVERED_BYTES, totals.delivered().bytes());
        fields.put(CONTROL, totals.control().messages());
        fields.put(CONTROL_BYTES, totals.control().bytes());
        fields.put(CONNECTIONS, totals.connections());
        return fields;
    }

    /** A whole number in a hash, zero when absent. */
    public static long number(Map<String, String> hash, String field) {
        String value = hash.get(field);
        return value == null ? 0 : Long.parseLong(value);
    }
}
