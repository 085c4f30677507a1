/**
 * DynamoDB as the services use it: the client, the tables, the tenants' records; what an outage
 * looks like.
 */
@NullMarked
package ai.artcafe.runtime.store;

import org.jspecify.annotations.NullMarked;
