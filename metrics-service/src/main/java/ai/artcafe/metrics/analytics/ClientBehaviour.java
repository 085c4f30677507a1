package ai.artcafe.metrics.analytics;

import ai.artcafe.metrics.flow.Rounded;
import ai.artcafe.model.identity.AgentId;
import ai.artcafe.model.identity.Attribution;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;

/**
 * How one agent goes about its work, by what the ledger booked to it in hours that are over.
 *
 * @param activeHours in which it published anything, of {@code hours}
 * @param usualHours hours of the day, 0 to 23 in the time zone, in which it published on at least
 *     half of the days; left out of less than three days
 * @param hourly what it publishes in an hour in which it does; left out where it never did
 * @param bytesPerMessage the mean of what it published
 * @param deliveredPerPublished how many messages it received for each that it published
 * @param standing among the tenant's agents; left out where there are too many to tell
 * @param requests that gateways saw in the last day of the time, whole hours; requests between
 *     agents directly over NATS are not among them
 * @param notKnown what is not told as nothing counts it
 */
public record ClientBehaviour(
        long activeHours,
        long hours,
        Optional<List<Integer>> usualHours,
        Optional<Hourly> hourly,
        Optional<Double> bytesPerMessage,
        Optional<Double> deliveredPerPublished,
        Optional<Standing> standing,
        ClientRequests requests,
        List<NotKnown> notKnown) {

    private static final int DAYS_FOR_USUAL = 3;

    private static final List<NotKnown> PEERS =
            List.of(
                    new NotKnown(
                            "peers",
                            "The counters that cannot be forged tell who sent and who received,"
                                    + " not who sent to whom."));

    /** Messages an hour. */
    public record Hourly(double mean, long p50, long p95, long max) {}

    /**
     * @param rank 1 is the one that published most
     * @param of so many agents that published
     * @param share of all that agents published, 0 to 1
     * @param medianMessages of those agents
     */
    public record Standing(long rank, long of, double share, long medianMessages) {}

    /** Something that is not known, and why. */
    public record NotKnown(String what, String why) {}

    static ClientBehaviour of(
            AgentId agent,
            List<SeriesPoint> series,
            Totals totals,
            ZoneId zone,
            Optional<Map<Attribution, AgentTraffic>> everyone,
            ClientRequests requests) {
        List<SeriesPoint> over = series.stream().filter(point -> !point.open()).toList();
        long[] active =
                over.stream()
                        .mapToLong(point -> point.messages().orElse(0L))
                        .filter(messages -> messages > 0)
                        .sorted()
                        .toArray();
        long published = totals.messages().orElse(0L);
        return new ClientBehaviour(
                active.length,
                over.size(),
                usualHours(over, zone),
                hourly(active),
                ratio(totals.bytes().orElse(0L), published),
                ratio(totals.delivered().map(all -> all.messages()).orElse(0L), published),
                everyone.flatMap(sums -> standing(agent, sums)),
                requests,
                PEERS);
    }

    private static Optional<List<Integer>> usualHours(List<SeriesPoint> over, ZoneId zone) {
        Map<Integer, Integer> known = new HashMap<>();
        Map<Integer, Integer> active = new HashMap<>();
        Set<LocalDate> days = new HashSet<>();
        for (SeriesPoint point : over) {
            Instant start = point.start();
            int hour = start.atZone(zone).getHour();
            days.add(start.atZone(zone).toLocalDate());
            known.merge(hour, 1, Integer::sum);
            if (point.messages().orElse(0L) > 0) {
                active.merge(hour, 1, Integer::sum);
            }
        }
        return days.size() < DAYS_FOR_USUAL
                ? Optional.empty()
                : Optional.of(
                        IntStream.range(0, 24)
                                .filter(hour ->
                                        known.containsKey(hour)
                                                && 2 * active.getOrDefault(hour, 0)
                                                        >= known.get(hour))
                                .boxed()
                                .toList());
    }

    private static Optional<Hourly> hourly(long[] sorted) {
        return sorted.length == 0
                ? Optional.empty()
                : Optional.of(
                        new Hourly(
                                Rounded.to(2, Arrays.stream(sorted).average().orElse(0)),
                                sorted[(sorted.length - 1) / 2],
                                sorted[(int) Math.ceil(0.95 * sorted.length) - 1],
                                sorted[sorted.length - 1]));
    }

    private static Optional<Standing> standing(
            AgentId agent, Map<Attribution, AgentTraffic> everyone) {
        Map<AgentId, Long> published = new HashMap<>();
        everyone.forEach((attribution, traffic) -> {
            if (attribution instanceof AgentId one && traffic.published().messages() > 0) {
                published.put(one, traffic.published().messages());
            }
        });
        Long own = published.get(agent);
        if (own == null) {
            return Optional.empty();
        }
        long[] sorted = published.values().stream().mapToLong(Long::longValue).sorted().toArray();
        return Optional.of(
                new Standing(
                        1 + Arrays.stream(sorted).filter(messages -> messages > own).count(),
                        sorted.length,
                        Rounded.to(6, (double) own / Arrays.stream(sorted).sum()),
                        sorted[(sorted.length - 1) / 2]));
    }

    private static Optional<Double> ratio(double of, double by) {
        return by == 0 ? Optional.empty() : Optional.of(Rounded.to(2, of / by));
    }
}
