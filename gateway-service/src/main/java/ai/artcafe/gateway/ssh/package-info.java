/**
 * SSH keys and signatures: the kinds that agents may register, and every form of signature they may
 * send.
 */
@NullMarked
package ai.artcafe.gateway.ssh;

import org.jspecify.annotations.NullMarked;
