package ai.artcafe.gateway.request;

import ai.artcafe.gateway.broker.Delivery;
import ai.artcafe.gateway.payload.RawJson;
import ai.artcafe.model.identity.AgentId;
import java.time.Instant;
import java.util.Base64;
import java.util.Optional;

/**
 * What an agent replied.
 *
 * @param data where it is JSON
 * @param dataBase64 where it is not
 * @param failed whether the agent says that it failed, by NATS' header for that
 */
record AgentReply(
        AgentId agentId,
        Optional<RawJson> data,
        Optional<String> dataBase64,
        boolean failed,
        Instant timestamp) {

    static AgentReply of(AgentId agent, Delivery reply) {
        Optional<RawJson> data = RawJson.parse(reply.data());
        return new AgentReply(
                agent,
                data,
                data.isPresent()
                        ? Optional.empty()
                        : Optional.of(Base64.getEncoder().encodeToString(reply.data())),
                reply.isError(),
                Instant.ofEpochMilli(reply.sentAt()));
    }
}
