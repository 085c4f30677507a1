package ai.artcafe.gateway.channel;

import java.time.Instant;

/**
 * A message that was taken in.
 *
 * @param messageId the sender's own id for it, or one that was made up; receivers see it as {@code
 *     Nats-Msg-Id}
 * @param subject on NATS
 */
record SentMessage(String messageId, String subject, Instant acceptedAt) {}
