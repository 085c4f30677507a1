package ai.artcafe.tracker.ledger.store;

import ai.artcafe.tracker.ledger.Sums;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Fields of the ledger's small facts that go together.
 *
 * <p>What a gateway's sockets and its own connections have carried is compared for as long as the
 * gateway lives, so neither may shrink alone: of a gateway that lives on, what its former runs and
 * former NATS servers have counted is put together; of one that is gone all goes at once.
 *
 * @param into the field they are added to; otherwise they are dropped
 * @param fields as they were read
 */
record Retirement(Optional<String> into, Map<String, String> fields) {

    /** For how long a source that is long gone is refused what it says of settled connections. */
    private static final Duration REFUSED_FOR = Duration.ofDays(8);

    private static final String GATEWAY = "g:";
    private static final String FIRST_RUN = ".0";

    /**
     * @param live keys of the sources that are heard
     * @param quietSince what has grown since stays
     */
    static List<Retirement> of(Map<String, String> meta, Set<String> live, Instant quietSince) {
        List<Retirement> retirements = new ArrayList<>();
        Map<String, Map<String, String>> gateways = new HashMap<>();
        meta.forEach((field, value) -> {
            if (field.startsWith(MetaFields.LINK)) {
                gateways.computeIfAbsent(gatewayOfLink(field), _ -> new HashMap<>())
                        .put(field, value);
            } else if (field.startsWith(MetaFields.SUM + GATEWAY)) {
                gateways.computeIfAbsent(gatewayOfRun(field), _ -> new HashMap<>())
                        .put(field, value);
            } else if (field.startsWith(MetaFields.SUM)) {
                if (!live.contains(source(field)) && isQuiet(value, quietSince)) {
                    retirements.add(new Retirement(Optional.empty(), Map.of(field, value)));
                }
            } else if (field.startsWith(MetaFields.SETTLED)
                    && !live.contains(field.substring(MetaFields.SETTLED.length()))
                    && isLongSettled(value, quietSince)) {
                retirements.add(new Retirement(Optional.empty(), Map.of(field, value)));
            }
        });
        gateways.forEach((gateway, fields) ->
                retirements.addAll(ofGateway(gateway, fields, meta, live, quietSince)));
        return retirements;
    }

    private static List<Retirement> ofGateway(
            String gateway,
            Map<String, String> fields,
            Map<String, String> meta,
            Set<String> live,
            Instant quietSince) {
        boolean runs = live.stream().anyMatch(source -> isRunOf(gateway, source));
        if (!runs && fields.values().stream().allMatch(value -> isQuiet(value, quietSince))) {
            Map<String, String> all = new HashMap<>(fields);
            String claim = MetaFields.CLAIM + GATEWAY + gateway;
            Optional.ofNullable(meta.get(claim)).ifPresent(booked -> all.put(claim, booked));
            return List.of(new Retirement(Optional.empty(), all));
        }
        Map<String, String> formerRuns = new HashMap<>();
        Map<String, String> formerServers = new HashMap<>();
        String run = MetaFields.SUM + GATEWAY + gateway + FIRST_RUN;
        String link = MetaFields.LINK + Sums.GONE + "/" + gateway;
        fields.forEach((field, value) -> {
            if (!isQuiet(value, quietSince)
                    || field.equals(run)
                    || field.equals(link)
                    || live.contains(source(field))) {
                return;
            }
            (field.startsWith(MetaFields.SUM) ? formerRuns : formerServers).put(field, value);
        });
        List<Retirement> retirements = new ArrayList<>();
        if (!formerRuns.isEmpty()) {
            retirements.add(new Retirement(Optional.of(run), formerRuns));
        }
        if (!formerServers.isEmpty()) {
            retirements.add(new Retirement(Optional.of(link), formerServers));
        }
        return retirements;
    }

    /** {@code sum:<source>}, {@code link:<source>/<gateway id>}. */
    private static String source(String field) {
        return field.startsWith(MetaFields.SUM)
                ? field.substring(MetaFields.SUM.length())
                : field.substring(MetaFields.LINK.length(), field.lastIndexOf('/'));
    }

    private static String gatewayOfLink(String field) {
        return field.substring(field.lastIndexOf('/') + 1);
    }

    /** {@code sum:g:<gateway id>.<epoch>}. */
    private static String gatewayOfRun(String field) {
        return field.substring((MetaFields.SUM + GATEWAY).length(), field.lastIndexOf('.'));
    }

    private static boolean isRunOf(String gateway, String source) {
        return source.startsWith(GATEWAY)
                && source.lastIndexOf('.') > 0
                && source.substring(GATEWAY.length(), source.lastIndexOf('.')).equals(gateway);
    }

    private static boolean isQuiet(String sum, Instant since) {
        long grew = Long.parseLong(sum.substring(sum.lastIndexOf(' ') + 1));
        return grew < since.toEpochMilli();
    }

    private static boolean isLongSettled(String through, Instant quietSince) {
        Instant at = Instant.ofEpochMilli(Long.parseLong(through));
        return at.isBefore(quietSince.minus(REFUSED_FOR));
    }
}
