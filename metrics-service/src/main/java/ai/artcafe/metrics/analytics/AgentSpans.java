package ai.artcafe.metrics.analytics;

import ai.artcafe.metrics.store.Agents;
import ai.artcafe.metrics.store.Booked;
import ai.artcafe.metrics.store.BookedSlice;
import ai.artcafe.metrics.store.LiveUsage;
import ai.artcafe.metrics.store.RollupRanges;
import ai.artcafe.metrics.store.Rollups;
import ai.artcafe.metrics.store.Slice;
import ai.artcafe.metrics.store.UsageOwner.OfAgent;
import ai.artcafe.model.identity.Attribution;
import ai.artcafe.model.identity.TenantId;
import ai.artcafe.model.usage.Period;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.Semaphore;

/** Reads what was booked to each of a tenant's agents. */
@ApplicationScoped
class AgentSpans {

    /** How many agents are read at the same time for one answer. */
    private static final int AT_ONCE = 16;

    private final LiveUsage live;
    private final RollupRanges ranges;
    private final Rollups rollups;
    private final Agents agents;

    AgentSpans(LiveUsage live, RollupRanges ranges, Rollups rollups, Agents agents) {
        this.live = live;
        this.ranges = ranges;
        this.rollups = rollups;
        this.agents = agents;
    }

    /** Whoever anything may be booked to; at most so many, or more. */
    Set<Attribution> known(TenantId tenant, List<Instant> days, int atMost) {
        Set<Attribution> known =
                new HashSet<>(
                        live.agents(
                                tenant,
                                days.stream().map(day -> new Slice(Period.DAILY, day)).toList()));
        known.addAll(agents.registered(tenant, atMost));
        known.addAll(rollups.everBooked(tenant, atMost));
        return known;
    }

    /** The present totals of a day that Redis knows. */
    Map<Attribution, AgentTraffic> live(TenantId tenant, Instant day) {
        Slice slice = new Slice(Period.DAILY, day);
        List<BookedSlice> slices =
                live.agents(tenant, List.of(slice)).stream()
                        .map(agent -> new BookedSlice(new OfAgent(tenant, agent), slice))
                        .toList();
        Map<Attribution, AgentTraffic> traffic = new HashMap<>();
        live.read(slices)
                .forEach((read, booked) ->
                        traffic.put(((OfAgent) read.owner()).agent(), AgentTraffic.of(booked)));
        return traffic;
    }

    /** What is rolled up of each agent in the periods that begin in [from, to). */
    Map<Attribution, NavigableMap<Instant, Booked>> rolledUp(
            TenantId tenant, Set<Attribution> of, Period period, Instant from, Instant to) {
        Map<Attribution, NavigableMap<Instant, Booked>> read = new ConcurrentHashMap<>();
        Semaphore permits = new Semaphore(AT_ONCE);
        try (ExecutorService each = Executors.newVirtualThreadPerTaskExecutor()) {
            List<? extends Future<?>> reads =
                    of.stream()
                            .map(agent ->
                                    each.submit(() -> {
                                        permits.acquireUninterruptibly();
                                        try {
                                            read.put(
                                                    agent,
                                                    ranges.read(
                                                            new OfAgent(tenant, agent),
                                                            period,
                                                            from,
                                                            to));
                                        } finally {
                                            permits.release();
                                        }
                                    }))
                            .toList();
            for (Future<?> one : reads) {
                one.get();
            }
        } catch (ExecutionException failed) {
            throw failed.getCause() instanceof RuntimeException cause
                    ? cause
                    : new IllegalStateException(failed.getCause());
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("stopped while reading", stopped);
        }
        return read;
    }
}
