package ai.artcafe.model.key;

import ai.artcafe.model.identity.AgentId;
import ai.artcafe.model.identity.TenantId;
import java.time.Instant;

/**
 * Keys of {@link Table#AGENTS}: the record under its tenant ({@code TENANT#{tenant}}, {@code
 * AGENT#{agent}}), and two pointers that make the agent's id and its NKey unique on the platform
 * ({@code AGENT#{agent}} and {@code NKEY#{key}}, with {@code tenant_id} and {@code agent_id}).
 * Besides, for an hour, that an agent's leave to be connected was taken or its keys changed, or an
 * administrator disconnected it: {@link #REVOCATIONS}, {@code {epoch milliseconds}#{agent}}, and
 * {@code #{connection}} where one socket is meant, written with the change itself; for all agents
 * of a tenant that is deleted {@code {epoch milliseconds}#TENANT#{tenant}}.
 */
public final class AgentKeys {

    /** The sort key of a pointer. */
    public static final String OWNER = "OWNER";

    /** A number in the record that grows with every change; absent from one never changed. */
    public static final String VERSION = "version";

    /** The partition key of what every gateway looks at once a second. */
    public static final String REVOCATIONS = "REVOKED";

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

    /** The sort key of a revocation; in the order of time. */
    public static String revocation(Instant at, AgentId agent) {
        return revocationsFrom(at) + "#" + agent;
    }

    /** The sort key of one that all agents of a tenant are meant by: it is deleted. */
    public static String revocation(Instant at, TenantId tenant) {
        return revocationsFrom(at) + "#" + tenant(tenant);
    }

    /** Where the revocations of this time and later ones begin. */
    public static String revocationsFrom(Instant at) {
        return "%013d".formatted(at.toEpochMilli());
    }
}
