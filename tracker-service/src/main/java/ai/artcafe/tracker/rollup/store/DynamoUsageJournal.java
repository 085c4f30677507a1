package ai.artcafe.tracker.rollup.store;

import ai.artcafe.model.identity.TenantId;
import ai.artcafe.model.key.Table;
import ai.artcafe.model.key.UsageFields;
import ai.artcafe.model.key.UsageKeys;
import ai.artcafe.runtime.store.Item;
import ai.artcafe.tracker.rollup.RollupConfig;
import ai.artcafe.tracker.rollup.UsageItem;
import ai.artcafe.tracker.rollup.UsageJournal;
import ai.artcafe.tracker.rollup.UsageStore;
import ai.artcafe.tracker.rollup.UsageStoreException;
import com.fasterxml.jackson.databind.ObjectMapper;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jboss.logging.Logger;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.PutItemRequest;

/**
 * The journals in {@link Table#USAGE_METRICS}: one item a tenant, which each journal replaces; what
 * is too large for it is in parts of its own, written before.
 */
@ApplicationScoped
public class DynamoUsageJournal implements UsageJournal {

    private static final Logger LOG = Logger.getLogger(DynamoUsageJournal.class);

    private static final Table TABLE = Table.USAGE_METRICS;

    /** An item may have 400 KB. */
    private static final int PART_BYTES = 300_000;

    /** How many items of a journal are in memory while it is completed. */
    private static final int ITEMS_AT_ONCE = 1_000;

    /** How often the next number is asked for when others keep taking it. */
    private static final int TRIES = 10;

    private final DynamoDbClient dynamoDb;
    private final PacedWrites writes;
    private final UsageStore store;
    private final RollupConfig config;
    private final JournalCodec codec;
    private final int partBytes;

    @Inject
    public DynamoUsageJournal(
            DynamoDbClient dynamoDb,
            PacedWrites writes,
            UsageStore store,
            RollupConfig config,
            ObjectMapper json) {
        this(dynamoDb, writes, store, config, json, PART_BYTES);
    }

    public DynamoUsageJournal(
            DynamoDbClient dynamoDb,
            PacedWrites writes,
            UsageStore store,
            RollupConfig config,
            ObjectMapper json,
            int partBytes) {
        this.dynamoDb = dynamoDb;
        this.writes = writes;
        this.store = store;
        this.config = config;
        this.codec = new JournalCodec(json);
        this.partBytes = partBytes;
    }

    @Override
    public long complete(TenantId tenant) {
        try {
            return head(tenant).map(head -> completed(tenant, head)).orElse(0L);
        } catch (SdkException e) {
            throw PacedWrites.failure(e);
        }
    }

    @Override
    public boolean begin(TenantId tenant, long number, List<UsageItem> items, Instant at) {
        byte[] bytes = codec.encode(items);
        String writer = UUID.randomUUID().toString();
        if (bytes.length <= partBytes) {
            return put(
                    tenant,
                    new JournalHead(
                            number, writer, 0, Optional.of(SdkBytes.fromByteArray(bytes)), at));
        }
        int parts = 0;
        for (int from = 0; from < bytes.length; from += partBytes) {
            int length = Math.min(partBytes, bytes.length - from);
            putPart(
                    tenant,
                    UsageKeys.journalPart(number, writer, parts++),
                    SdkBytes.fromByteArray(Arrays.copyOfRange(bytes, from, from + length)),
                    at);
        }
        return put(tenant, new JournalHead(number, writer, parts, Optional.empty(), at));
    }

    @Override
    public void seal(TenantId tenant, Instant at) {
        for (int attempt = 1; attempt <= TRIES; attempt++) {
            long next = complete(tenant) + 1;
            String writer = UUID.randomUUID().toString();
            if (put(tenant, new JournalHead(next, writer, 0, Optional.empty(), at))) {
                return;
            }
        }
        throw new UsageStoreException(
                "others keep writing journals: tenant=" + tenant, new IllegalStateException());
    }

    /** Writes what is left of a journal, if anything is. */
    private long completed(TenantId tenant, JournalHead head) {
        if (!head.isEmpty() && written(tenant) < head.number()) {
            try {
                codec.decode(
                        content(tenant, head),
                        ITEMS_AT_ONCE,
                        items -> store.write(items, head.at()));
                LOG.infof("Journal completed: tenant=%s number=%d", tenant, head.number());
            } catch (UncheckedIOException e) {
                // too old to have all its parts: what is still in the ledger is still marked there
                LOG.errorf(
                        "Journal not readable: tenant=%s number=%d written=%s reason=%s",
                        tenant, head.number(), head.at(), e.getMessage());
            }
        }
        return head.number();
    }

    /** The number of the last journal of which the last item is written. */
    private long written(TenantId tenant) {
        return get(tenant, UsageKeys.LEDGER)
                .map(item -> item.number(UsageFields.PROGRESS))
                .orElse(0L);
    }

    private Optional<JournalHead> head(TenantId tenant) {
        return get(tenant, UsageKeys.JOURNAL).map(JournalHead::of);
    }

    private InputStream content(TenantId tenant, JournalHead head) {
        if (head.data().isPresent()) {
            return head.data().get().asInputStream();
        }
        List<InputStream> parts = new ArrayList<>();
        for (int i = 0; i < head.parts(); i++) {
            get(tenant, UsageKeys.journalPart(head.number(), head.writer(), i))
                    .flatMap(part -> Optional.ofNullable(part.attributes().get(JournalHead.DATA)))
                    .map(data -> data.b().asInputStream())
                    .ifPresentOrElse(
                            parts::add, () -> parts.add(new ByteArrayInputStream(new byte[0])));
        }
        return new SequenceInputStream(Collections.enumeration(parts));
    }

    private Optional<Item> get(TenantId tenant, String sortKey) {
        var answer =
                dynamoDb.getItem(request ->
                        request.tableName(TABLE.tableName())
                                .key(Item.key(TABLE, UsageKeys.tenant(tenant), sortKey))
                                .consistentRead(true));
        return answer.hasItem() ? Optional.of(new Item(answer.item())) : Optional.empty();
    }

    private boolean put(TenantId tenant, JournalHead head) {
        Map<String, AttributeValue> item =
                new HashMap<>(Item.key(TABLE, UsageKeys.tenant(tenant), UsageKeys.JOURNAL));
        item.putAll(head.attributes(tenant));
        PutItemRequest.Builder put =
                PutItemRequest.builder()
                        .tableName(TABLE.tableName())
                        .item(item)
                        .expressionAttributeNames(Map.of("#number", JournalHead.NUMBER));
        if (head.number() == 1) {
            put.conditionExpression("attribute_not_exists(#number)");
        } else {
            put.conditionExpression("#number = :before")
                    .expressionAttributeValues(
                            Map.of(
                                    ":before",
                                    AttributeValue.fromN(Long.toString(head.number() - 1))));
        }
        PutItemRequest request = put.build();
        int size = head.data().map(data -> data.asByteArrayUnsafe().length).orElse(0);
        return writes.write(size, () -> dynamoDb.putItem(request));
    }

    private void putPart(TenantId tenant, String sortKey, SdkBytes data, Instant at) {
        Map<String, AttributeValue> item =
                new HashMap<>(Item.key(TABLE, UsageKeys.tenant(tenant), sortKey));
        item.put(JournalHead.DATA, AttributeValue.fromB(data));
        item.put(ItemFields.TENANT_ID, AttributeValue.fromS(tenant.value()));
        item.put(
                Table.TTL,
                AttributeValue.fromN(
                        Long.toString(at.plus(config.recoveryLife()).getEpochSecond())));
        writes.write(
                data.asByteArrayUnsafe().length,
                () -> dynamoDb.putItem(put -> put.tableName(TABLE.tableName()).item(item)));
    }
}
