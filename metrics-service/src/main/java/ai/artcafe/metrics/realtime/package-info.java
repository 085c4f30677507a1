/** What a tenant's agents do right now: rates, active clients, today's totals. */
@NullMarked
package ai.artcafe.metrics.realtime;

import org.jspecify.annotations.NullMarked;
