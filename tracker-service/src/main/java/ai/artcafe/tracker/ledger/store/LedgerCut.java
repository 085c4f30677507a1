package ai.artcafe.tracker.ledger.store;

import ai.artcafe.model.identity.Attribution;
import ai.artcafe.model.identity.TenantId;
import ai.artcafe.model.key.RedisKeys;
import ai.artcafe.model.usage.Adjustment;
import ai.artcafe.model.usage.Gap;
import ai.artcafe.model.usage.Period;
import ai.artcafe.model.usage.Traffic;
import ai.artcafe.tracker.ledger.LedgerState;
import ai.artcafe.tracker.ledger.Totals;
import io.vertx.mutiny.redis.client.Response;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** The run of {@code cut.lua}: its keys, and its answer as a ledger's state. */
final class LedgerCut {

    private static final DateTimeFormatter HOUR =
            DateTimeFormatter.ofPattern("yyyyMMddHH", Locale.ROOT);
    private static final DateTimeFormatter DAY =
            DateTimeFormatter.ofPattern("yyyyMMdd", Locale.ROOT);

    private LedgerCut() {}

    static List<String> keys(TenantId tenant) {
        return List.of(
                RedisKeys.dirty(tenant),
                LedgerKeys.meta(tenant),
                RedisKeys.positions(tenant),
                LedgerKeys.control(tenant),
                RedisKeys.adjustments(tenant),
                RedisKeys.gaps(tenant));
    }

    /** Empty when nothing was marked. */
    static Optional<LedgerState> state(TenantId tenant, Response answer, LedgerJson json) {
        if (answer.size() == 0) {
            return Optional.empty();
        }
        List<Totals> totals = new ArrayList<>();
        Response found = answer.get(2);
        for (int i = 0; i < found.size(); i++) {
            totals.add(totals(found.get(i)));
        }
        Map<String, Position> positions = new HashMap<>();
        pairs(answer.get(3)).forEach((key, text) -> positions.put(key, Position.parse(text)));
        Map<String, Traffic> control = new HashMap<>();
        pairs(answer.get(4)).forEach((counter, text) -> control.put(counter, traffic(text)));
        Map<Instant, Map<String, String>> reconciled = new HashMap<>();
        Response days = answer.get(7);
        for (int i = 0; i < days.size(); i++) {
            reconciled.put(
                    start(Period.DAILY, days.get(i).get(0).toString()), pairs(days.get(i).get(1)));
        }
        return Optional.of(
                new LedgerState(
                        tenant,
                        answer.get(0).toLong(),
                        pairs(answer.get(1)),
                        totals,
                        positions,
                        control,
                        pairs(answer.get(5)).values().stream()
                                .map(text -> json.read(text, Adjustment.class))
                                .toList(),
                        pairs(answer.get(6)).values().stream()
                                .map(text -> json.read(text, Gap.class))
                                .toList(),
                        reconciled));
    }

    private static Totals totals(Response entry) {
        String who = entry.get(0).toString();
        String label = entry.get(2).toString();
        Optional<Period> period =
                switch (entry.get(1).toString()) {
                    case "t" -> Optional.empty();
                    case "h" -> Optional.of(Period.HOURLY);
                    case "d" -> Optional.of(Period.DAILY);
                    case "m" -> Optional.of(Period.MONTHLY);
                    default -> throw new IllegalStateException("unknown totals: " + entry.get(1));
                };
        return new Totals(
                who.isEmpty() ? Optional.empty() : Optional.of(Attribution.of(who)),
                period.map(span -> new Totals.Span(span, start(span, label))),
                pairs(entry.get(3)));
    }

    /** The first instant of the period of that label. */
    private static Instant start(Period period, String label) {
        return switch (period) {
            case HOURLY -> LocalDateTime.parse(label, HOUR).toInstant(ZoneOffset.UTC);
            case DAILY -> day(label);
            case MONTHLY -> day(label + "01");
        };
    }

    private static Instant day(String label) {
        return LocalDate.parse(label, DAY).atStartOfDay(ZoneOffset.UTC).toInstant();
    }

    private static Traffic traffic(String text) {
        int space = text.indexOf(' ');
        return new Traffic(
                Long.parseLong(text.substring(0, space)),
                Long.parseLong(text.substring(space + 1)));
    }

    private static Map<String, String> pairs(Response answer) {
        return RedisCalls.pairs(answer);
    }
}
