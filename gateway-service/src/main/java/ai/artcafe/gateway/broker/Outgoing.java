package ai.artcafe.gateway.broker;

import java.util.Optional;

/**
 * A message of an agent, or of a user through the API, on its way to NATS.
 *
 * @param subject the subject on NATS
 * @param data the payload
 * @param sender whose it is, of the link that it goes by
 * @param sentAt when it came in, in epoch milliseconds
 * @param id the sender's own id for it
 */
public record Outgoing(
        String subject, byte[] data, Sender sender, long sentAt, Optional<String> id) {}
