/** Memberships in DynamoDB. */
@NullMarked
package ai.artcafe.gateway.member.registry;

import org.jspecify.annotations.NullMarked;
