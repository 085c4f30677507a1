/** Asks the metrics services over the platform's bus. */
@NullMarked
package ai.artcafe.gateway.dashboard.broker;

import org.jspecify.annotations.NullMarked;
