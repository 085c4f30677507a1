/** Answers the gateways' questions for live pictures over the platform's bus. */
@NullMarked
package ai.artcafe.metrics.realtime.broker;

import org.jspecify.annotations.NullMarked;
