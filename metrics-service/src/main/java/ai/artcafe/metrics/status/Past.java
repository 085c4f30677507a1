package ai.artcafe.metrics.status;

import ai.artcafe.runtime.status.SpanSummary;
import java.time.Instant;
import java.util.Optional;
import java.util.SortedMap;

/**
 * What is kept of the hours and days before.
 *
 * @param hours by label; those of the window that are written
 * @param days by label, likewise
 * @param since the first minute that anything is known of
 */
record Past(
        SortedMap<String, SpanSummary> hours,
        SortedMap<String, SpanSummary> days,
        Optional<Instant> since) {}
