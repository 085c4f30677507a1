/** How often: token buckets for strangers' requests and for agents' messages. */
@NullMarked
package ai.artcafe.gateway.limit;

import org.jspecify.annotations.NullMarked;
