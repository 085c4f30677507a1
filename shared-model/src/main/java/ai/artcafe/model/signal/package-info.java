/** What the gateways tell the trackers beside their readings: signs of life, and of trouble. */
@NullMarked
package ai.artcafe.model.signal;

import org.jspecify.annotations.NullMarked;
