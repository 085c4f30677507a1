/**
 * What gateways tell each other several times a second, so that limits hold, and repetitions are
 * found, across all of them. Nobody waits for it: without the bus each gateway goes on alone.
 */
@NullMarked
package ai.artcafe.gateway.sharing;

import org.jspecify.annotations.NullMarked;
