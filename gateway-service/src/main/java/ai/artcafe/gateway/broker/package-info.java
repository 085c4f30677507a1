/**
 * The gateway's NATS connections inside the tenants' slots; the rest of the service knows no client
 * library.
 */
@NullMarked
package ai.artcafe.gateway.broker;

import org.jspecify.annotations.NullMarked;
