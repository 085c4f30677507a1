package ai.artcafe.gateway.agent.registry;

import ai.artcafe.gateway.agent.Agent;
import ai.artcafe.gateway.registry.ItemUpdate;
import ai.artcafe.gateway.revision.Revised;
import ai.artcafe.model.identity.AgentId;
import ai.artcafe.model.identity.TenantId;
import ai.artcafe.model.key.AgentKeys;
import ai.artcafe.model.key.Table;
import ai.artcafe.runtime.store.Item;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/** An agent's record and its pointers as items of {@link Table#AGENTS}. */
final class AgentItems {

    private static final String STATUS = "status";

    private static final String TENANT_ID = "tenant_id";
    private static final String AGENT_ID = "agent_id";
    private static final String NAME = "name";
    private static final String SSH_KEY = "ssh_public_key";
    private static final String NKEY = "nkey_public_key";
    private static final String CAPABILITIES = "capabilities";
    private static final String METADATA = "metadata";
    private static final String CREATED_AT = "created_at";

    /** The sort key of the item that counts a tenant's agents. */
    private static final String COUNT = "COUNT";

    private AgentItems() {}

    static Map<String, AttributeValue> recordKey(TenantId tenant, AgentId agent) {
        return Item.key(Table.AGENTS, AgentKeys.tenant(tenant), AgentKeys.agent(agent));
    }

    static Map<String, AttributeValue> countKey(TenantId tenant) {
        return Item.key(Table.AGENTS, AgentKeys.tenant(tenant), COUNT);
    }

    static Map<String, AttributeValue> idPointerKey(AgentId agent) {
        return Item.key(Table.AGENTS, AgentKeys.agent(agent), AgentKeys.OWNER);
    }

    static Map<String, AttributeValue> nkeyPointerKey(String nkey) {
        return Item.key(Table.AGENTS, AgentKeys.nkey(nkey), AgentKeys.OWNER);
    }

    static Map<String, AttributeValue> pointer(Map<String, AttributeValue> key, Agent agent) {
        Map<String, AttributeValue> item = new HashMap<>(key);
        item.put(TENANT_ID, AttributeValue.fromS(agent.tenantId().value()));
        item.put(AGENT_ID, AttributeValue.fromS(agent.agentId().value()));
        return item;
    }

    static TenantId pointedTenant(Item pointer) {
        return new TenantId(pointer.requiredText(TENANT_ID));
    }

    static AgentId pointedAgent(Item pointer) {
        return new AgentId(pointer.requiredText(AGENT_ID));
    }

    static Map<String, AttributeValue> write(Agent agent) {
        Map<String, AttributeValue> item =
                pointer(recordKey(agent.tenantId(), agent.agentId()), agent);
        agent.name().ifPresent(name -> item.put(NAME, AttributeValue.fromS(name)));
        agent.sshPublicKey().ifPresent(key -> item.put(SSH_KEY, AttributeValue.fromS(key)));
        agent.nkeyPublicKey().ifPresent(key -> item.put(NKEY, AttributeValue.fromS(key)));
        item.put(
                CAPABILITIES,
                AttributeValue.fromL(
                        agent.capabilities().stream().map(AttributeValue::fromS).toList()));
        item.put(
                METADATA,
                AttributeValue.fromM(
                        agent.metadata().entrySet().stream()
                                .collect(
                                        Collectors.toMap(
                                                Map.Entry::getKey,
                                                entry -> AttributeValue.fromS(entry.getValue())))));
        item.put(STATUS, AttributeValue.fromS(agent.status().id()));
        item.put(CREATED_AT, AttributeValue.fromS(agent.createdAt().toString()));
        return item;
    }

    static Revised<Agent> readRevised(Item item) {
        return new Revised<>(read(item), ItemUpdate.revision(item));
    }

    static Agent read(Item item) {
        return new Agent(
                pointedAgent(item),
                pointedTenant(item),
                item.text(NAME),
                item.text(SSH_KEY),
                item.text(NKEY),
                capabilities(item),
                metadata(item),
                item.text(STATUS).flatMap(Agent.Status::parse).orElse(Agent.Status.DISABLED),
                Instant.parse(item.requiredText(CREATED_AT)));
    }

    private static List<String> capabilities(Item item) {
        return Optional.ofNullable(item.attributes().get(CAPABILITIES))
                .map(list -> list.l().stream().map(AttributeValue::s).toList())
                .orElse(List.of());
    }

    private static Map<String, String> metadata(Item item) {
        return Optional.ofNullable(item.attributes().get(METADATA))
                .map(map ->
                        map.m().entrySet().stream()
                                .collect(
                                        Collectors.toMap(
                                                Map.Entry::getKey, entry -> entry.getValue().s())))
                .orElse(Map.of());
    }
}
