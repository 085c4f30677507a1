/** Which requests were begun, and how they were answered, in DynamoDB. */
@NullMarked
package ai.artcafe.gateway.idempotency.store;

import org.jspecify.annotations.NullMarked;
