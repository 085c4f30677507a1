package ai.artcafe.gateway.agent;

import ai.artcafe.gateway.patch.MergePatch;
import ai.artcafe.model.presence.Door;
import java.util.Optional;
import java.util.Set;
import java.util.function.UnaryOperator;

/** An agent as a patch has it; what is changed is valid in all its parts. */
final class AgentChange implements UnaryOperator<Agent> {

    private static final String NAME = "name";
    private static final String SSH_KEY = "ssh_public_key";
    private static final String NKEY = "nkey_public_key";
    private static final String CAPABILITIES = "capabilities";
    private static final String METADATA = "metadata";
    private static final String STATE = "status";

    /** All that can be changed of an agent. */
    static final Set<String> FIELDS = Set.of(NAME, SSH_KEY, NKEY, CAPABILITIES, METADATA, STATE);

    static final Set<String> KEYS = Set.of(SSH_KEY, NKEY);
    static final Set<String> STATUS = Set.of(STATE);

    private final MergePatch patch;
    private final Set<String> fields;

    /**
     * @param fields which of the patch's fields count
     */
    AgentChange(MergePatch patch, Set<String> fields) {
        this.patch = patch;
        this.fields = fields;
    }

    @Override
    public Agent apply(Agent agent) {
        return new Agent(
                agent.agentId(),
                agent.tenantId(),
                changes(NAME)
                        ? patch.text(NAME, agent.name()).map(AgentFields::name)
                        : agent.name(),
                changes(SSH_KEY)
                        ? patch.text(SSH_KEY, agent.sshPublicKey()).map(AgentFields::sshKey)
                        : agent.sshPublicKey(),
                changes(NKEY)
                        ? patch.text(NKEY, agent.nkeyPublicKey()).map(AgentFields::nkey)
                        : agent.nkeyPublicKey(),
                changes(CAPABILITIES)
                        ? AgentFields.capabilities(patch.texts(CAPABILITIES, agent.capabilities()))
                        : agent.capabilities(),
                changes(METADATA)
                        ? AgentFields.metadata(patch.texts(METADATA, agent.metadata()))
                        : agent.metadata(),
                changes(STATE)
                        ? AgentFields.status(patch.text(STATE, agent.status().id()))
                        : agent.status(),
                agent.createdAt());
    }

    private boolean changes(String field) {
        return fields.contains(field) && patch.names(field);
    }

    /** Whose connections end with the change, and why. */
    static Optional<AgentCutOff> cutOff(Agent before, Agent after) {
        Set<Door> doors = before.doorsLostBy(after);
        return doors.isEmpty()
                ? Optional.empty()
                : Optional.of(
                        new AgentCutOff(
                                after.tenantId(),
                                after.agentId(),
                                doors,
                                Agent.lossBy(after),
                                after.isActive()
                                        ? "the agent's key is not valid any more"
                                        : "the agent is disabled"));
    }
}
