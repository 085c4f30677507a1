/** Keeps agents, and makes their ids and NKeys unique on the platform. */
@NullMarked
package ai.artcafe.gateway.agent.registry;

import org.jspecify.annotations.NullMarked;
