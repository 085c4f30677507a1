/** Channels and their agents in DynamoDB. */
@NullMarked
package ai.artcafe.gateway.channel.registry;

import org.jspecify.annotations.NullMarked;
