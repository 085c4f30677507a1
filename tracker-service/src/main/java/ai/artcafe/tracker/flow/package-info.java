/** The flow: what the tap saw, by tenant, live and rolled up by minute, hour and day. */
@NullMarked
package ai.artcafe.tracker.flow;

import org.jspecify.annotations.NullMarked;
