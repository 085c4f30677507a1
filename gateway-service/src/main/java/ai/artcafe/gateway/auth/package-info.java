/** Proves who an agent is: gives out challenges and checks the answers to them. */
@NullMarked
package ai.artcafe.gateway.auth;

import org.jspecify.annotations.NullMarked;
