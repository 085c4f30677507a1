package ai.artcafe.gateway.registry;

import ai.artcafe.gateway.revision.Revision;
import ai.artcafe.model.key.AgentKeys;
import ai.artcafe.model.key.Table;
import ai.artcafe.runtime.store.Item;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.TransactWriteItem;

/**
 * Changes an item from one state to the next: only the attributes that differ, and only if nobody
 * has changed it meanwhile.
 */
public final class ItemUpdate {

    public static final String UPDATED_AT = "updated_at";
    private static final String VERSION = AgentKeys.VERSION;
    private static final String CREATED_AT = "created_at";

    private ItemUpdate() {}

    /** In which state an item is. */
    public static Revision revision(Item item) {
        return new Revision(Instant.parse(item.requiredText(CREATED_AT)), item.number(VERSION));
    }

    /**
     * @param before what the item holds of the resource in that state
     * @param after what it is to hold
     */
    public static TransactWriteItem write(
            Table table,
            Map<String, AttributeValue> key,
            Revision revision,
            Map<String, AttributeValue> before,
            Map<String, AttributeValue> after,
            Instant now) {
        Map<String, String> names = new HashMap<>();
        Map<String, AttributeValue> values = new HashMap<>();
        List<String> set = new ArrayList<>();
        List<String> remove = new ArrayList<>();
        Map<String, AttributeValue> changed = new HashMap<>(after);
        changed.put(VERSION, AttributeValue.fromN(Long.toString(revision.version() + 1)));
        changed.put(UPDATED_AT, AttributeValue.fromS(now.toString()));
        changed.forEach((name, value) -> {
            if (!value.equals(before.get(name))) {
                String place = Integer.toString(names.size());
                names.put("#n" + place, name);
                values.put(":v" + place, value);
                set.add("#n" + place + " = :v" + place);
            }
        });
        before.keySet().stream()
                .filter(name -> !changed.containsKey(name))
                .forEach(name -> {
                    String place = "#n" + names.size();
                    names.put(place, name);
                    remove.add(place);
                });
        Unchanged unchanged = Unchanged.since(revision, before);
        names.putAll(unchanged.names());
        values.putAll(unchanged.values());
        return TransactWriteItem.builder()
                .update(update ->
                        update.tableName(table.tableName())
                                .key(key)
                                .conditionExpression(unchanged.condition())
                                .updateExpression(
                                        "SET "
                                                + String.join(", ", set)
                                                + (remove.isEmpty()
                                                        ? ""
                                                        : " REMOVE " + String.join(", ", remove)))
                                .expressionAttributeNames(names)
                                .expressionAttributeValues(values))
                .build();
    }

    /** Deletes an item, if nobody has changed it meanwhile. */
    public static TransactWriteItem delete(
            Table table,
            Map<String, AttributeValue> key,
            Revision revision,
            Map<String, AttributeValue> before) {
        Unchanged unchanged = Unchanged.since(revision, before);
        return TransactWriteItem.builder()
                .delete(delete ->
                        delete.tableName(table.tableName())
                                .key(key)
                                .conditionExpression(unchanged.condition())
                                .expressionAttributeNames(unchanged.names())
                                .expressionAttributeValues(unchanged.values()))
                .build();
    }

    /** The same, if it counts nothing either. */
    public static TransactWriteItem delete(
            Table table,
            Map<String, AttributeValue> key,
            Revision revision,
            Map<String, AttributeValue> before,
            String counter) {
        Unchanged unchanged = Unchanged.since(revision, before);
        Map<String, String> names = new HashMap<>(unchanged.names());
        names.put("#counter", counter);
        Map<String, AttributeValue> values = new HashMap<>(unchanged.values());
        values.put(":none", AttributeValue.fromN("0"));
        return TransactWriteItem.builder()
                .delete(delete ->
                        delete.tableName(table.tableName())
                                .key(key)
                                .conditionExpression(
                                        unchanged.condition()
                                                + " AND (attribute_not_exists(#counter)"
                                                + " OR #counter <= :none)")
                                .expressionAttributeNames(names)
                                .expressionAttributeValues(values))
                .build();
    }

    /** The condition that an item is still in the state in which it was read. */
    private record Unchanged(
            String condition, Map<String, String> names, Map<String, AttributeValue> values) {

        static Unchanged since(Revision revision, Map<String, AttributeValue> before) {
            Map<String, AttributeValue> values = new HashMap<>();
            values.put(":created", before.get(CREATED_AT));
            String version = "attribute_not_exists(#version)";
            if (revision.version() > 0) {
                values.put(":version", AttributeValue.fromN(Long.toString(revision.version())));
                version = "#version = :version";
            }
            return new Unchanged(
                    "#created = :created AND " + version,
                    Map.of("#created", CREATED_AT, "#version", VERSION),
                    values);
        }
    }
}
