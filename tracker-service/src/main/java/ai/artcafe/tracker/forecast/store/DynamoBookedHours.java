package ai.artcafe.tracker.forecast.store;

import ai.artcafe.model.identity.TenantId;
import ai.artcafe.model.key.Table;
import ai.artcafe.model.key.UsageFields;
import ai.artcafe.model.key.UsageKeys;
import ai.artcafe.model.usage.Gap;
import ai.artcafe.model.usage.Period;
import ai.artcafe.runtime.store.Item;
import ai.artcafe.runtime.store.ItemRange;
import ai.artcafe.runtime.store.StoreAwayException;
import ai.artcafe.runtime.store.StoreOutages;
import ai.artcafe.tracker.forecast.BookedHours;
import ai.artcafe.tracker.rollup.LedgerItem;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;

/** The hourly rollups and the gaps in {@link Table#USAGE_METRICS}. */
@ApplicationScoped
public class DynamoBookedHours implements BookedHours {

    private static final Table TABLE = Table.USAGE_METRICS;
    private static final String SORT = TABLE.sortKey().orElseThrow();
    private static final DateTimeFormatter HOUR =
            DateTimeFormatter.ofPattern("yyyyMMddHH", Locale.ROOT);

    /** So much of an hour has to be missed for it to be left out: a tenth. */
    private static final Duration MUCH = Duration.ofMinutes(6);

    private final DynamoDbClient dynamoDb;
    private final ObjectMapper json;

    @Inject
    public DynamoBookedHours(DynamoDbClient dynamoDb, ObjectMapper json) {
        this.dynamoDb = dynamoDb;
        this.json = json;
    }

    @Override
    public SortedMap<Instant, Long> published(TenantId tenant, Instant from, Instant to) {
        SortedMap<Instant, Long> published = new TreeMap<>();
        int label = UsageKeys.rollup(Period.HOURLY, from).lastIndexOf('#') + 1;
        for (Item item :
                items(
                        tenant,
                        UsageKeys.rollup(Period.HOURLY, from),
                        UsageKeys.rollup(Period.HOURLY, to))) {
            Instant hour =
                    LocalDateTime.parse(item.requiredText(SORT).substring(label), HOUR)
                            .toInstant(ZoneOffset.UTC);
            published.put(hour, item.number(UsageFields.PUBLISHED));
        }
        return published;
    }

    @Override
    public Set<Instant> missed(TenantId tenant, Instant from, Instant to) {
        Map<Instant, Duration> missed = new HashMap<>();
        for (Item item : items(tenant, UsageKeys.gap(from, ""), UsageKeys.gap(to, ""))) {
            Gap gap = gap(item);
            if (!gap.returned()) {
                for (Instant hour = Period.HOURLY.start(gap.from());
                        hour.isBefore(gap.to());
                        hour = hour.plus(1, ChronoUnit.HOURS)) {
                    missed.merge(hour, within(gap, hour), Duration::plus);
                }
            }
        }
        Set<Instant> hours = new HashSet<>();
        missed.forEach((hour, length) -> {
            if (length.compareTo(MUCH) >= 0) {
                hours.add(hour);
            }
        });
        return hours;
    }

    private static Duration within(Gap gap, Instant hour) {
        Instant end = hour.plus(1, ChronoUnit.HOURS);
        Instant from = gap.from().isAfter(hour) ? gap.from() : hour;
        Instant to = gap.to().isBefore(end) ? gap.to() : end;
        return Duration.between(from, to);
    }

    private Gap gap(Item item) {
        try {
            return json.readValue(item.requiredText(LedgerItem.JSON), Gap.class);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("not a gap", e);
        }
    }

    private List<Item> items(TenantId tenant, String from, String to) {
        try {
            return new ItemRange(TABLE, UsageKeys.tenant(tenant), from, to).in(dynamoDb).toList();
        } catch (SdkException e) {
            throw StoreOutages.storeAway(e)
                    .<RuntimeException>map(store -> new StoreAwayException(store, e))
                    .orElse(e);
        }
    }
}
