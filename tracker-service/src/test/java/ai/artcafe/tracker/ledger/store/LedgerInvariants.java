package ai.artcafe.tracker.ledger.store;

import static org.assertj.core.api.Assertions.assertThat;

import ai.artcafe.model.identity.TenantId;
import ai.artcafe.model.key.RedisKeys;
import ai.artcafe.model.key.UsageFields;
import ai.artcafe.model.usage.Adjustment;
import ai.artcafe.model.usage.Traffic;
import ai.artcafe.tracker.Json;
import ai.artcafe.tracker.TestStores;
import com.fasterxml.jackson.core.JsonProcessingException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;

/** What holds of a tenant's ledger at any moment. */
final class LedgerInvariants {

    private static final List<String> FIELDS =
            List.of(
                    UsageFields.MESSAGES,
                    UsageFields.BYTES,
                    UsageFields.PUBLISHED,
                    UsageFields.PUBLISHED_BYTES,
                    UsageFields.DELIVERED,
                    UsageFields.DELIVERED_BYTES,
                    UsageFields.CONTROL,
                    UsageFields.CONTROL_BYTES,
                    UsageFields.CONNECTIONS,
                    UsageFields.ADJUSTMENT_MESSAGES,
                    UsageFields.ADJUSTMENT_BYTES,
                    UsageFields.PROGRESS);

    private final TestStores stores;
    private final TenantId tenant;
    private final Map<String, Map<String, String>> hashes = new HashMap<>();

    private LedgerInvariants(TestStores stores, TenantId tenant) {
        this.stores = stores;
        this.tenant = tenant;
        stores.redis()
                .contents(tenant)
                .forEach((key, content) -> {
                    if (!content.isEmpty()) {
                        hashes.put(key, content);
                    }
                });
    }

    /** Hours add up to days, days to months, months to all; agents to their tenant. */
    static void assertAddsUp(TestStores stores, TenantId tenant) {
        LedgerInvariants ledger = new LedgerInvariants(stores, tenant);
        String totals = Pattern.quote(RedisKeys.tenant(tenant));
        String days = "stats:d:(\\d{4})-(\\d{2})-(\\d{2}):\\{" + tenant + "\\}";
        String clients = "tracker:client:\\{" + tenant + "\\}:";
        Map<String, Long> all = ledger.sum(totals);

        assertThat(ledger.sum(totals + ":hourly:\\d{10}")).isEqualTo(all);
        assertThat(ledger.sum(days)).isEqualTo(all);
        assertThat(ledger.sum(totals + ":monthly:\\d{6}")).isEqualTo(all);
        assertThat(ledger.sum(clients + "[^:]+")).isEqualTo(all);
        ledger.hashes.keySet().stream()
                .filter(key -> key.matches(days))
                .forEach(day -> {
                    String label = day.substring(8, 18);
                    assertThat(ledger.sum(Pattern.quote(day) + ":(?!agents).+"))
                            .isEqualTo(ledger.sum(Pattern.quote(day)))
                            .isEqualTo(
                                    ledger.sum(
                                            totals
                                                    + ":hourly:"
                                                    + label.replace("-", "")
                                                    + "\\d\\d"));
                });
        ledger.hashes.keySet().stream()
                .filter(key -> key.matches(totals + ":monthly:\\d{6}"))
                .forEach(month -> {
                    String label = month.substring(month.length() - 6);
                    assertThat(ledger.sum(clients + "[^:]+:monthly:" + label))
                            .isEqualTo(ledger.sum(Pattern.quote(month)))
                            .isEqualTo(
                                    ledger.sum(
                                            "stats:d:%s-%s-\\d\\d:\\{%s\\}"
                                                    .formatted(
                                                            label.substring(0, 4),
                                                            label.substring(4),
                                                            tenant)));
                });
        Traffic adjusted =
                adjustments(stores, tenant).stream()
                        .map(Adjustment::amount)
                        .reduce(Traffic.NONE, Traffic::plus);
        assertThat(adjusted)
                .isEqualTo(
                        new Traffic(
                                all.getOrDefault(UsageFields.ADJUSTMENT_MESSAGES, 0L),
                                all.getOrDefault(UsageFields.ADJUSTMENT_BYTES, 0L)));
    }

    /** The tenants make up the platform. */
    static void assertGlobalIs(TestStores stores, TenantId... tenants) {
        Map<String, Long> all = new TreeMap<>();
        for (TenantId tenant : tenants) {
            add(all, stores.redis().hash(RedisKeys.tenant(tenant)));
        }
        Map<String, Long> global = new TreeMap<>();
        add(global, stores.redis().hash(RedisKeys.GLOBAL));
        assertThat(global).isEqualTo(all);
    }

    static List<Adjustment> adjustments(TestStores stores, TenantId tenant) {
        List<Adjustment> adjustments = new ArrayList<>();
        for (String text : stores.redis().hash(RedisKeys.adjustments(tenant)).values()) {
            try {
                adjustments.add(Json.mapper().readValue(text, Adjustment.class));
            } catch (JsonProcessingException e) {
                throw new AssertionError(text, e);
            }
        }
        return adjustments;
    }

    private Map<String, Long> sum(String keys) {
        Map<String, Long> sum = new TreeMap<>();
        hashes.forEach((key, hash) -> {
            if (key.matches(keys)) {
                add(sum, hash);
            }
        });
        return sum;
    }

    private static void add(Map<String, Long> sum, Map<String, String> hash) {
        for (String field : FIELDS) {
            long number = UsageFields.number(hash, field);
            if (number != 0) {
                sum.merge(field, number, Long::sum);
            }
        }
        sum.values().removeIf(number -> number == 0);
    }
}
