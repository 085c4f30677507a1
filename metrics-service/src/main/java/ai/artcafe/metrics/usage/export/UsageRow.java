package ai.artcafe.metrics.usage.export;

import ai.artcafe.metrics.store.Booked;
import ai.artcafe.metrics.usage.Amount;
import ai.artcafe.model.identity.Attribution;
import ai.artcafe.model.identity.TenantId;
import ai.artcafe.model.usage.Traffic;
import com.fasterxml.jackson.annotation.JsonPropertyOrder;
import java.time.Instant;
import java.util.Optional;

/**
 * A row of a file; its property names are those of NDJSON.
 *
 * @param from the first instant
 * @param to the first instant after it
 * @param granularity {@code hourly}, {@code daily} or {@code monthly}
 * @param settled whether nothing of the time is yet to come
 * @param agentId whose usage; left out in files by tenant
 * @param published adjustments included, control not
 */
@JsonPropertyOrder({
    "from",
    "to",
    "granularity",
    "settled",
    "tenant_id",
    "agent_id",
    "published",
    "delivered",
    "control",
    "adjustments",
    "connections"
})
record UsageRow(
        Instant from,
        Instant to,
        String granularity,
        boolean settled,
        TenantId tenantId,
        Optional<Attribution> agentId,
        Traffic published,
        Traffic delivered,
        Traffic control,
        Traffic adjustments,
        long connections) {

    static UsageRow of(
            RowSpan span,
            Granularity granularity,
            TenantId tenant,
            Optional<Attribution> agent,
            Booked booked) {
        return new UsageRow(
                span.from(),
                span.to(),
                granularity.id(),
                span.settled(),
                tenant,
                agent,
                booked.totals().published(),
                booked.totals().delivered(),
                booked.totals().control(),
                booked.adjustments(),
                booked.totals().connections());
    }

    Amount totals() {
        return new Amount(published, delivered, control, adjustments, connections);
    }
}
