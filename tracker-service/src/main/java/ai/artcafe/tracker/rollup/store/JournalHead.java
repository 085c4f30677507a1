package ai.artcafe.tracker.rollup.store;

import ai.artcafe.model.identity.TenantId;
import ai.artcafe.runtime.store.Item;
import ai.artcafe.tracker.rollup.Times;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/**
 * The item that says what is being written of a tenant.
 *
 * @param number of the journal
 * @param writer who wrote it: part of its parts' keys
 * @param parts how many further items hold its content; none when the head itself does
 * @param data the content, empty when the parts have it, or when the journal holds nothing
 * @param at when it was written
 */
record JournalHead(long number, String writer, int parts, Optional<SdkBytes> data, Instant at) {

    static final String NUMBER = "number";
    static final String DATA = "data";
    private static final String WRITER = "writer";
    private static final String PARTS = "parts";

    /** Whether there is nothing in it. */
    boolean isEmpty() {
        return parts == 0 && data.isEmpty();
    }

    Map<String, AttributeValue> attributes(TenantId tenant) {
        Map<String, AttributeValue> attributes = new HashMap<>();
        attributes.put(NUMBER, AttributeValue.fromN(Long.toString(number)));
        attributes.put(WRITER, AttributeValue.fromS(writer));
        attributes.put(PARTS, AttributeValue.fromN(Integer.toString(parts)));
        data.ifPresent(bytes -> attributes.put(DATA, AttributeValue.fromB(bytes)));
        attributes.put(ItemFields.TENANT_ID, AttributeValue.fromS(tenant.value()));
        attributes.put(ItemFields.UPDATED_AT, AttributeValue.fromS(Times.format(at)));
        return attributes;
    }

    static JournalHead of(Item item) {
        return new JournalHead(
                item.number(NUMBER),
                item.requiredText(WRITER),
                Math.toIntExact(item.number(PARTS)),
                Optional.ofNullable(item.attributes().get(DATA)).map(AttributeValue::b),
                item.time(ItemFields.UPDATED_AT).orElseThrow());
    }
}
