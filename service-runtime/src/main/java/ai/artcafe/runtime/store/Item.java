package ai.artcafe.runtime.store;

import ai.artcafe.model.key.Table;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/** The attributes of a DynamoDB item, read by type. */
public record Item(Map<String, AttributeValue> attributes) {

    public Item {
        attributes = Map.copyOf(attributes);
    }

    /** The key of an item in a table with a sort key. */
    public static Map<String, AttributeValue> key(Table table, String partition, String sort) {
        String sortKey =
                table.sortKey()
                        .orElseThrow(() -> new IllegalStateException(table + " has no sort key"));
        return Map.of(
                table.partitionKey(),
                AttributeValue.fromS(partition),
                sortKey,
                AttributeValue.fromS(sort));
    }

    /** The key of an item in a table without a sort key. */
    public static Map<String, AttributeValue> key(Table table, String partition) {
        return Map.of(table.partitionKey(), AttributeValue.fromS(partition));
    }

    /** A text, where there is one. */
    public Optional<String> text(String name) {
        return Optional.ofNullable(attributes.get(name)).map(AttributeValue::s);
    }

    /**
     * A text that every such item has.
     *
     * @throws IllegalStateException naming the attribute, when it is missing
     */
    public String requiredText(String name) {
        return text(name).orElseThrow(() -> new IllegalStateException("item has no " + name));
    }

    /** A whole number, zero when absent. */
    public long number(String name) {
        return Optional.ofNullable(attributes.get(name))
                .map(AttributeValue::n)
                .map(Long::parseLong)
                .orElse(0L);
    }

    /** A time kept as RFC 3339, where there is one. */
    public Optional<Instant> time(String name) {
        return text(name).map(Instant::parse);
    }

    /** Whether DynamoDB should have deleted the item by now: it does so late. */
    public boolean isExpired(Instant now) {
        return attributes.containsKey(Table.TTL) && number(Table.TTL) <= now.getEpochSecond();
    }

    /** All numbers as texts, the form in which Redis keeps the same fields. */
    public Map<String, String> numbers() {
        Map<String, String> numbers = new HashMap<>();
        attributes.forEach((name, value) -> {
            if (value.n() != null) {
                numbers.put(name, value.n());
            }
        });
        return numbers;
    }
}
