package ai.artcafe.metrics.store;

import ai.artcafe.model.identity.Attribution;
import ai.artcafe.model.identity.TenantId;
import ai.artcafe.model.key.Table;
import ai.artcafe.model.key.TenantKeys;
import ai.artcafe.model.key.UsageFields;
import ai.artcafe.model.key.UsageKeys;
import ai.artcafe.model.usage.ReadingSource;
import ai.artcafe.model.usage.UsageTotals;
import ai.artcafe.runtime.store.Item;
import ai.artcafe.runtime.store.ItemRange;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;

/**
 * The last readings of connections as DynamoDB keeps them, for 62 days after they closed; up to a
 * minute late. Throws the SDK's exceptions when DynamoDB is away.
 */
@ApplicationScoped
public class SessionArchive {

    private static final String SORT = Table.USAGE_METRICS.sortKey().orElseThrow();

    /** How many are looked at in one go. */
    private static final int LOOKED_AT = 1_000;

    private final DynamoDbClient dynamoDb;
    private final Clock clock;

    SessionArchive(DynamoDbClient dynamoDb, Clock clock) {
        this.dynamoDb = dynamoDb;
        this.clock = clock;
    }

    /**
     * A connection as it was last read.
     *
     * @param key its sort key
     * @param state {@code open}, {@code closed} or {@code lost}
     * @param closedAt when it was booked as closed, or as lost
     * @param readAt when this was written
     * @param carried since it was opened; control that a tap told apart later is still among the
     *     published
     */
    public record Kept(
            String key,
            ReadingSource source,
            String connectionId,
            Instant openedAt,
            Optional<Instant> closedAt,
            String state,
            Optional<Instant> readAt,
            UsageTotals carried) {}

    /**
     * Some of them, the latest opened first.
     *
     * @param more the sort key after which to go on, when there may be more
     */
    public record Page(List<Kept> sessions, Optional<String> more) {

        public Page {
            sessions = List.copyOf(sessions);
        }
    }

    /** Whether a sort key can be that of a connection opened before the end. */
    public static boolean isKey(String key, Instant end) {
        return key.startsWith(UsageKeys.SESSIONS) && key.compareTo(UsageKeys.sessions(end)) < 0;
    }

    /**
     * Those that were open at any moment of [from, to), so many at most; there may be more though
     * there are fewer.
     *
     * @param after the sort key of the last one that is known already
     */
    public Page open(
            TenantId tenant,
            Attribution owner,
            Instant from,
            Instant to,
            Optional<String> after,
            int atMost) {
        String end = after.orElseGet(() -> UsageKeys.sessions(to));
        Iterator<Item> items =
                ItemRange.items(
                                dynamoDb,
                                new ItemRange(
                                                Table.USAGE_METRICS,
                                                UsageKeys.client(tenant, owner),
                                                UsageKeys.SESSIONS,
                                                end)
                                        .query()
                                        .scanIndexForward(false)
                                        .limit(LOOKED_AT)
                                        .build())
                        .iterator();
        Instant now = clock.instant();
        List<Kept> found = new ArrayList<>();
        Optional<String> last = Optional.empty();
        for (int looked = 0; items.hasNext(); looked++) {
            if (found.size() == atMost || looked == LOOKED_AT) {
                return new Page(found, last);
            }
            Item item = items.next();
            String key = item.requiredText(SORT);
            if (key.compareTo(end) >= 0) {
                continue;
            }
            last = Optional.of(key);
            if (!item.isExpired(now) && isOf(tenant, item)) {
                read(key, item)
                        .filter(session ->
                                session.closedAt().filter(at -> at.isBefore(from)).isEmpty())
                        .ifPresent(found::add);
            }
        }
        return new Page(found, Optional.empty());
    }

    private static boolean isOf(TenantId tenant, Item item) {
        return item.text(TenantKeys.TENANT_ID).filter(tenant.value()::equals).isPresent();
    }

    private static Optional<Kept> read(String key, Item item) {
        return item.text("source")
                .flatMap(ReadingSource::parse)
                .map(source ->
                        new Kept(
                                key,
                                source,
                                item.requiredText("connection_id"),
                                item.time("opened_at").orElseThrow(),
                                item.time("closed_at"),
                                item.requiredText("state"),
                                item.time("updated_at"),
                                UsageFields.read(item.numbers())));
    }
}
