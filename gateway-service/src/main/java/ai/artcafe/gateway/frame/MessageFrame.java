package ai.artcafe.gateway.frame;

import java.util.Optional;

/**
 * A message as it goes to sockets.
 *
 * @param text the frame
 * @param bytes what counts as delivered: the data as compact JSON, or the bare bytes of data that
 *     is not JSON
 * @param replyTo where an answer goes
 */
public record MessageFrame(byte[] text, int bytes, Optional<String> replyTo) {}
