package ai.artcafe.runtime.status;

import ai.artcafe.model.identity.AgentId;
import ai.artcafe.model.identity.TenantId;
import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Whom a request is booked to.
 *
 * @param side what the agent's part in it is
 */
public record RequestParty(TenantId tenantId, AgentId agentId, Side side) {

    /** An agent's part in a request. */
    public enum Side {
        /** It was asked. */
        ANSWERING,
        /** It asked, and whom is not known: whoever listens to the subject. */
        ASKING;

        @JsonValue
        public String id() {
            return name().toLowerCase(Locale.ROOT);
        }

        static Optional<Side> parse(String id) {
            return Stream.of(values()).filter(side -> side.id().equals(id)).findFirst();
        }
    }

    public static RequestParty answering(TenantId tenant, AgentId agent) {
        return new RequestParty(tenant, agent, Side.ANSWERING);
    }

    public static RequestParty asking(TenantId tenant, AgentId agent) {
        return new RequestParty(tenant, agent, Side.ASKING);
    }
}
