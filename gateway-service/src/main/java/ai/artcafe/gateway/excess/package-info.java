/**
 * What becomes of agents that were over a limit at the NATS door, where no single message can be
 * refused: they are warned, then cut off and refused for a while that grows.
 */
@NullMarked
package ai.artcafe.gateway.excess;

import org.jspecify.annotations.NullMarked;
