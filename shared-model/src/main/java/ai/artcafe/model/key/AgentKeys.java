package ai.artcafe.model.key;

import ai.artcafe.model.identity.AgentId;
import ai.artcafe.model.identity.TenantId;

/**
 * Keys of {@link Table#AGENTS}: the record under its tenant ({@code TENANT#{tenant}}, {@code
 * AGENT#{agent}}), and two pointers that make the agent's id and its NKey unique on the platform
 * ({@code AGENT#{agent}} and {@code NKEY#{key}}, with {@code tenant_id} and {@code agent_id}).
 */
public final class AgentKeys {

    /** The sort key of a pointer. */
    public static final String OWNER = "OWNER";

    /** A number in the record that grows with every change; absent from one never changed. */
    public static final String VERSION = "version";

    private AgentKeys() {}

    public static String tenant(TenantId tenant) {
        return "TENANT#" + tenant;
    }

    public static String agent(AgentId agent) {
        return "AGENT#" + agent;
    }

    public static String nkey(String publicKey) {
        return "NKEY#" + publicKey;
    }
}
