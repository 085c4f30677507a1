package ai.artcafe.metrics.usage.export;

import ai.artcafe.metrics.store.Booked;
import ai.artcafe.metrics.store.BookedSlice;
import ai.artcafe.metrics.store.LiveUsage;
import ai.artcafe.metrics.store.Rollups;
import ai.artcafe.metrics.store.Slice;
import ai.artcafe.metrics.store.UsageOwner;
import ai.artcafe.metrics.store.UsageOwner.OfAgent;
import ai.artcafe.metrics.store.UsageOwner.OfTenant;
import ai.artcafe.metrics.usage.Ledger;
import ai.artcafe.model.identity.Attribution;
import ai.artcafe.model.identity.TenantId;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Deque;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.NavigableSet;
import java.util.Optional;
import java.util.TreeSet;
import java.util.function.Function;

/**
 * Reads the rows of a file part by part, by the same ledger as every other answer. By tenant it is
 * one part; by agent, as many agents at a time as are at most {@value #VALUES} values, in the order
 * of their names. Owners and times without anything booked have no row.
 */
@ApplicationScoped
class RowReader {

    /** How many values are held at a time. */
    private static final int VALUES = 4_000;

    private static final int NAMES_AT_ONCE = 500;

    private static final Comparator<Attribution> BY_NAME = Comparator.comparing(Attribution::value);

    private final Ledger ledger;
    private final LiveUsage live;
    private final Rollups rollups;
    private final Clock clock;

    RowReader(Ledger ledger, LiveUsage live, Rollups rollups, Clock clock) {
        this.ledger = ledger;
        this.live = live;
        this.rollups = rollups;
        this.clock = clock;
    }

    /**
     * At least one, if an empty one. Not thread-safe; reads when asked.
     *
     * @param after the owner after whom to begin
     */
    Iterator<Part> parts(ExportPlan plan, Optional<Attribution> after) {
        return plan.request().byAgent()
                ? new ByAgent(plan, after)
                : List.of(byTenant(plan)).iterator();
    }

    /** Whether there is so little that it is one part. */
    boolean isOnePart(ExportPlan plan) {
        return !plan.request().byAgent() || !hasMoreThan(agentsAtOnce(plan), plan);
    }

    private boolean hasMoreThan(int agents, ExportPlan plan) {
        TenantId tenant = plan.request().tenant();
        return rollups.everBooked(tenant, Optional.empty(), agents + 1).size() > agents
                || live.agents(tenant, liveSlices(plan)).size() > agents;
    }

    private static int agentsAtOnce(ExportPlan plan) {
        return Math.max(1, VALUES / plan.values());
    }

    private Part byTenant(ExportPlan plan) {
        OfTenant owner = new OfTenant(plan.request().tenant());
        return new Part(rows(plan, List.of(owner), _ -> Optional.empty()), Optional.empty());
    }

    private List<Slice> liveSlices(ExportPlan plan) {
        Instant now = clock.instant();
        return plan.spans().stream()
                .flatMap(span -> span.slices().stream())
                .filter(slice -> slice.isLive(now))
                .toList();
    }

    private <O extends UsageOwner> List<UsageRow> rows(
            ExportPlan plan, List<O> owners, Function<O, Optional<Attribution>> agentOf) {
        List<BookedSlice> wanted = new ArrayList<>(owners.size() * plan.values());
        for (O owner : owners) {
            for (RowSpan span : plan.spans()) {
                span.slices().forEach(slice -> wanted.add(new BookedSlice(owner, slice)));
            }
        }
        Map<BookedSlice, Booked> booked = ledger.read(wanted, clock.instant());
        List<UsageRow> rows = new ArrayList<>(wanted.size());
        for (O owner : owners) {
            for (RowSpan span : plan.spans()) {
                Booked sum = Booked.NOTHING;
                for (Slice slice : span.slices()) {
                    sum =
                            sum.plus(
                                    booked.getOrDefault(
                                            new BookedSlice(owner, slice), Booked.NOTHING));
                }
                if (!sum.equals(Booked.NOTHING)) {
                    rows.add(
                            UsageRow.of(
                                    span,
                                    plan.request().granularity(),
                                    plan.request().tenant(),
                                    agentOf.apply(owner),
                                    sum));
                }
            }
        }
        return rows;
    }

    /**
     * Names come from DynamoDB, and from Redis where they may not have been written yet: of these
     * there are as many as agents were active in the last days.
     */
    private final class ByAgent implements Iterator<Part> {

        private final ExportPlan plan;
        private final int atOnce;
        private final NavigableSet<Attribution> recent = new TreeSet<>(BY_NAME);
        private final Deque<Attribution> names = new ArrayDeque<>();
        private Optional<Attribution> last;
        private boolean isAllRead;
        private boolean isBegun;

        ByAgent(ExportPlan plan, Optional<Attribution> after) {
            this.plan = plan;
            this.atOnce = agentsAtOnce(plan);
            this.last = after;
            recent.addAll(live.agents(plan.request().tenant(), liveSlices(plan)));
            after.ifPresent(name -> recent.headSet(name, true).clear());
            fill();
        }

        @Override
        public boolean hasNext() {
            return !isBegun || !names.isEmpty();
        }

        @Override
        public Part next() {
            isBegun = true;
            List<OfAgent> owners = new ArrayList<>(atOnce);
            while (owners.size() < atOnce && !names.isEmpty()) {
                owners.add(new OfAgent(plan.request().tenant(), names.removeFirst()));
                if (names.isEmpty()) {
                    fill();
                }
            }
            return new Part(
                    rows(plan, owners, owner -> Optional.of(owner.agent())),
                    owners.isEmpty() ? Optional.empty() : Optional.of(owners.getLast().agent()));
        }

        /** The next names of both, merged. */
        private void fill() {
            if (isAllRead) {
                return;
            }
            List<Attribution> written =
                    rollups.everBooked(plan.request().tenant(), last, NAMES_AT_ONCE);
            NavigableSet<Attribution> merged = new TreeSet<>(BY_NAME);
            merged.addAll(written);
            isAllRead = written.size() < NAMES_AT_ONCE;
            NavigableSet<Attribution> also =
                    isAllRead ? recent : recent.headSet(written.getLast(), true);
            merged.addAll(also);
            also.clear();
            names.addAll(merged);
            last = written.isEmpty() ? last : Optional.of(written.getLast());
        }
    }
}
