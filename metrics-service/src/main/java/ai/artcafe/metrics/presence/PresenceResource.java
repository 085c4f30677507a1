package ai.artcafe.metrics.presence;

import ai.artcafe.metrics.answer.LastAnswers;
import ai.artcafe.metrics.answer.Question;
import ai.artcafe.metrics.tier.TierGate;
import ai.artcafe.model.identity.AgentId;
import ai.artcafe.model.identity.TenantId;
import ai.artcafe.runtime.page.PageRequest;
import ai.artcafe.runtime.store.TenantRecord;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.util.Optional;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.resteasy.reactive.RestQuery;
import org.jspecify.annotations.Nullable;

/** {@code GET /api/v1/metrics/presence}, for every tier. */
@Path("/api/v1/metrics/presence")
@Produces(MediaType.APPLICATION_JSON)
@RunOnVirtualThread
@Tag(name = "metrics")
public class PresenceResource {

    private final TierGate gate;
    private final PresenceReport report;
    private final LastAnswers answers;

    PresenceResource(TierGate gate, PresenceReport report, LastAnswers answers) {
        this.gate = gate;
        this.report = report;
        this.answers = answers;
    }

    @GET
    @Operation(
            operationId = "presence",
            summary = "Who of the tenant's agents is there, and how they are",
            description =
                    """
                    An agent with an open connection is `online`; one that sends heartbeats is \
                    `degraded` when none came for 45 s, `unhealthy` after 75 s and `offline` after \
                    90 s, and no better than what it says of itself. When its last connection \
                    closes it is `offline` at once. Agents that left are known for the tier's \
                    retention: 1, 7 or 30 days.

                    The tier professional adds when each was last seen, its health, doors, version \
                    and the numbers of its heartbeats, the tenant's latest changes, and with \
                    `client_id` the agent's history. `locked` names what the tier does not show. \
                    `stale` is true when no tracker has heard the agents for 10 s, or a store is \
                    away and this is the last known answer; without one: 503.\
                    """)
    public PresenceAnswer presence(
            @Parameter(description = "Only this agent, with its history") @RestQuery("client_id")
                    Optional<String> clientId,
            @Parameter(description = "How many agents, or changes of one, at most, 1 to 100")
                    @RestQuery
                    @Nullable String limit,
            @Parameter(description = "The next_cursor of the page before") @RestQuery
                    @Nullable String cursor) {
        TenantRecord tenant = gate.tenant();
        TenantId id = tenant.tenantId();
        Optional<AgentId> client = clientId.map(AgentId::new);
        PageRequest page =
                PageRequest.of(
                        client.map(agent -> PresenceReport.scope(id, agent))
                                .orElseGet(() -> PresenceReport.scope(id)),
                        limit,
                        cursor);
        return answers.answer(
                new Question(id, tenant.tier(), "presence " + client + " " + page),
                PresenceAnswer.class,
                () ->
                        client.map(agent -> report.ofAgent(tenant, agent, page))
                                .orElseGet(() -> report.ofTenant(tenant, page)));
    }
}
