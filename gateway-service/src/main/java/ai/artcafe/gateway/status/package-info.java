/** What the gateway tells of itself: its agents' requests, and where its reports go. */
@NullMarked
package ai.artcafe.gateway.status;

import org.jspecify.annotations.NullMarked;
