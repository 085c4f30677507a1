package ai.artcafe.tracker.ledger;

import ai.artcafe.model.identity.AgentId;
import ai.artcafe.model.identity.Attribution;
import ai.artcafe.model.identity.TenantId;
import ai.artcafe.model.usage.ConnectionKey;
import ai.artcafe.model.usage.Counters;
import ai.artcafe.model.usage.Reading;
import ai.artcafe.model.usage.ReadingSource;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;

/** Made-up lives of connections, and disorder. */
public final class ReadingHistories {

    public static final TenantId TENANT = new TenantId("acme");
    public static final Instant AT = Instant.parse("2026-11-21T03:04:05.678Z");

    private static final Attribution LINK = new Attribution.Gateway("gw-1");

    private static final List<Attribution> AGENTS =
            List.of(
                    new AgentId("a1"),
                    new AgentId("a2"),
                    new AgentId("a3"),
                    Attribution.UNATTRIBUTED,
                    LINK);

    private ReadingHistories() {}

    /**
     * The readings of several connections of a tenant, those of a gateway's own among them, in the
     * order in which they were taken, over the 45 days up to {@link #AT}.
     */
    public static Arbitrary<List<Observed>> histories() {
        Arbitrary<List<long[]>> growth =
                Arbitraries.longs()
                        .between(0, 1L << 45)
                        .array(long[].class)
                        .ofSize(7)
                        .list()
                        .ofMinSize(1)
                        .ofMaxSize(6);
        Arbitrary<List<Observed>> connection =
                Combinators.combine(
                                Arbitraries.integers().between(1, 1_000_000),
                                Arbitraries.of(AGENTS),
                                Arbitraries.longs().between(0, 45 * 24 * 60),
                                growth,
                                Arbitraries.of(true, false))
                        .as(ReadingHistories::life);
        return connection
                .list()
                .ofMinSize(1)
                .ofMaxSize(8)
                .map(lives -> {
                    List<Observed> all = new ArrayList<>();
                    for (int i = 0; i < lives.size(); i++) {
                        all.addAll(renumbered(lives.get(i), i));
                    }
                    return all;
                });
    }

    private static List<Observed> life(
            int cid, Attribution agent, long minutesAgo, List<long[]> growth, boolean closes) {
        ReadingSource source =
                cid % 2 == 0 || agent.equals(LINK)
                        ? ReadingSource.natsServer("NSERVER")
                        : ReadingSource.gateway("gw-1", 42);
        List<Observed> readings = new ArrayList<>();
        Counters counters = Counters.ZERO;
        Instant opened = AT.minus(Duration.ofMinutes(minutesAgo));
        Instant at = opened;
        for (int i = 0; i < growth.size(); i++) {
            long[] g = growth.get(i);
            counters =
                    new Counters(
                            counters.inMessages() + g[0],
                            counters.inBytes() + g[1],
                            counters.outMessages() + g[2],
                            counters.outBytes() + g[3],
                            counters.controlMessages() + g[4],
                            counters.controlBytes() + g[5]);
            Instant next = at.plus(Duration.ofMinutes(g[6] % 5000));
            at = next.isAfter(AT) ? AT : next;
            readings.add(
                    new Observed(
                            new Reading(
                                    new ConnectionKey(source, Integer.toString(cid)),
                                    TENANT,
                                    agent,
                                    opened,
                                    counters,
                                    closes && i == growth.size() - 1),
                            at));
        }
        return readings;
    }

    private static List<Observed> renumbered(List<Observed> life, int number) {
        return life.stream()
                .map(observed -> {
                    Reading reading = observed.reading();
                    return new Observed(
                            new Reading(
                                    new ConnectionKey(
                                            reading.connection().source(),
                                            reading.connection().connectionId() + "00" + number),
                                    reading.tenant(),
                                    reading.agent(),
                                    reading.openedAt(),
                                    reading.counters(),
                                    reading.last()),
                            observed.at());
                })
                .toList();
    }

    /** The same readings in another order, some of them twice, in batches of any size. */
    public static List<TenantBatch> disorder(List<Observed> readings, Random random) {
        return disorder(readings, AT, random);
    }

    /**
     * @param at when they are applied
     */
    public static List<TenantBatch> disorder(List<Observed> readings, Instant at, Random random) {
        List<Observed> shuffled = new ArrayList<>(readings);
        for (Observed reading : readings) {
            if (random.nextInt(3) == 0) {
                shuffled.add(reading);
            }
        }
        Collections.shuffle(shuffled, random);
        List<TenantBatch> batches = new ArrayList<>();
        int from = 0;
        while (from < shuffled.size()) {
            int to = Math.min(shuffled.size(), from + 1 + random.nextInt(7));
            batches.add(new TenantBatch(TENANT, at, shuffled.subList(from, to), List.of()));
            from = to;
        }
        return batches;
    }

    /** All at once, in order. */
    public static TenantBatch batch(List<Observed> readings) {
        return new TenantBatch(TENANT, AT, readings, List.of());
    }
}
