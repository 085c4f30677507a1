package ai.artcafe.gateway.broker;

import ai.artcafe.model.identity.AgentId;
import java.util.Optional;

/**
 * A message of an agent on its way to NATS.
 *
 * @param subject the subject on NATS
 * @param data the payload
 * @param sender the agent
 * @param sentAt when it came in, in epoch milliseconds
 * @param id the agent's own id for it
 */
public record Outgoing(
        String subject, byte[] data, AgentId sender, long sentAt, Optional<String> id) {}
