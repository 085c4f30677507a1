/** Agents: what is known of each, and the API to manage them. */
@NullMarked
package ai.artcafe.gateway.agent;

import org.jspecify.annotations.NullMarked;
