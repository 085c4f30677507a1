/** The live picture as Server-Sent Events: one reader a tenant, however many watch. */
@NullMarked
package ai.artcafe.metrics.realtime.stream;

import org.jspecify.annotations.NullMarked;
