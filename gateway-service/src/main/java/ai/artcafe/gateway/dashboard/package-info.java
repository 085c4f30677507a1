/**
 * The WebSocket door for people: channels, a preview of all traffic and the live picture of one
 * tenant, for whoever holds a token of one of its members.
 */
@NullMarked
package ai.artcafe.gateway.dashboard;

import org.jspecify.annotations.NullMarked;
