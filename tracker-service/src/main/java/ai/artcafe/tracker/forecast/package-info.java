/** Forecasts of what the tenants will publish, from what the ledger has booked. */
@NullMarked
package ai.artcafe.tracker.forecast;

import org.jspecify.annotations.NullMarked;
