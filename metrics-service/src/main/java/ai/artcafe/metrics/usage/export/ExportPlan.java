package ai.artcafe.metrics.usage.export;

import ai.artcafe.metrics.answer.QueryTime;
import ai.artcafe.metrics.store.BookedSlice;
import ai.artcafe.metrics.store.Slice;
import ai.artcafe.metrics.store.UsageOwner.OfTenant;
import ai.artcafe.metrics.usage.UsageRange;
import ai.artcafe.model.usage.Period;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/**
 * What a file will be made of.
 *
 * @param range the time that it is about: what was asked for, cut where it is not settled
 * @param settledThrough nothing before it is missing or yet to come
 * @param spans the times of the rows, of each owner
 */
record ExportPlan(
        ExportRequest request, UsageRange range, Instant settledThrough, List<RowSpan> spans) {

    ExportPlan {
        spans = List.copyOf(spans);
    }

    /**
     * @param completeThrough how far the ledger is
     */
    static ExportPlan of(ExportRequest request, Instant completeThrough, Instant now) {
        Period unit = request.byAgent() ? Period.DAILY : Period.HOURLY;
        Instant settled = unit.start(completeThrough.isBefore(now) ? completeThrough : now);
        Instant open = request.withOpen() ? unit.end(now) : settled;
        Instant end = request.endGiven() ? earlier(request.range().to(), open) : open;
        Instant from = request.range().from();
        UsageRange range = new UsageRange(from, end.isBefore(from) ? from : end);
        return new ExportPlan(request, range, settled, spans(request, range, settled, now));
    }

    private static List<RowSpan> spans(
            ExportRequest request, UsageRange range, Instant settled, Instant now) {
        List<RowSpan> spans = new ArrayList<>();
        Instant at = range.from();
        while (at.isBefore(range.to())) {
            Instant end = earlier(request.granularity().end(at, request.zone()), range.to());
            List<Slice> slices = new UsageRange(at, end).slices(now);
            if (request.byAgent()
                    && slices.stream().anyMatch(slice -> slice.period() == Period.HOURLY)) {
                throw QueryTime.invalid(
                        "time_zone",
                        "The usage of agents is kept by days of UTC, not of "
                                + request.zone()
                                + ".");
            }
            spans.add(new RowSpan(at, end, !end.isAfter(settled), slices));
            at = end;
        }
        return spans;
    }

    private static Instant earlier(Instant one, Instant other) {
        return one.isBefore(other) ? one : other;
    }

    /** Whether all of it is settled: it can then be had in pieces. */
    boolean isSettled() {
        return !range.to().isAfter(settledThrough);
    }

    /** Whether the same request will be of the same time later on. */
    boolean isPinned() {
        return isSettled() && request.endGiven() && range.equals(request.range());
    }

    /** How many values are read for the rows of one owner. */
    int values() {
        return Math.max(1, spans.stream().mapToInt(span -> span.slices().size()).sum());
    }

    /** The times that rows are sums of, for the tenant as a whole. */
    List<BookedSlice> tenantSlices() {
        OfTenant tenant = new OfTenant(request.tenant());
        return spans.stream()
                .flatMap(span -> span.slices().stream())
                .map(slice -> new BookedSlice(tenant, slice))
                .toList();
    }

    /** What the file is called. */
    String fileName() {
        return request.fileName();
    }
}
