package ai.artcafe.gateway.agent;

import ai.artcafe.model.identity.AgentId;
import ai.artcafe.model.identity.TenantId;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/** What a request to register an agent says; everything is optional. */
record NewAgent(
        Optional<AgentId> agentId,
        Optional<String> name,
        Optional<String> sshPublicKey,
        Optional<String> nkeyPublicKey,
        Optional<List<String>> capabilities,
        Optional<Map<String, String>> metadata) {

    /** The agent, valid in all its parts; a missing id is made up. */
    Agent register(TenantId tenant, Instant now) {
        return new Agent(
                agentId.orElseGet(() -> new AgentId(UUID.randomUUID().toString())),
                tenant,
                name.map(AgentFields::name),
                sshPublicKey.map(AgentFields::sshKey),
                nkeyPublicKey.map(AgentFields::nkey),
                capabilities.map(AgentFields::capabilities).orElse(List.of()),
                metadata.map(AgentFields::metadata).orElse(Map.of()),
                Agent.Status.ACTIVE,
                now);
    }
}
