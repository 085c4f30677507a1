/** What agents' and dashboards' WebSockets have in common: frames read, written and waiting. */
@NullMarked
package ai.artcafe.gateway.frame;

import org.jspecify.annotations.NullMarked;
