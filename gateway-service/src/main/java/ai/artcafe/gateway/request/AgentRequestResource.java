package ai.artcafe.gateway.request;

import ai.artcafe.gateway.agent.registry.AgentRegistry;
import ai.artcafe.gateway.broker.TenantLink;
import ai.artcafe.gateway.broker.TenantPublisher;
import ai.artcafe.gateway.broker.TenantPublisher.Answer;
import ai.artcafe.gateway.quota.ApiAllowance;
import ai.artcafe.gateway.status.RequestLog;
import ai.artcafe.model.access.Role;
import ai.artcafe.model.identity.AgentId;
import ai.artcafe.model.identity.TenantId;
import ai.artcafe.model.problem.ErrorCode;
import ai.artcafe.model.problem.ProblemException;
import ai.artcafe.model.subject.SubjectScheme;
import ai.artcafe.runtime.access.RequestAccess;
import ai.artcafe.runtime.status.RequestOutcome;
import ai.artcafe.runtime.store.TenantRecord;
import ai.artcafe.runtime.store.Tenants;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.time.Duration;
import java.util.Map;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponseSchema;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.resteasy.reactive.RestPath;
import org.jspecify.annotations.Nullable;

/** A request to an agent, and its reply: members ask. */
@Path("/api/v1/agents/{id}/requests")
@Produces(MediaType.APPLICATION_JSON)
@RunOnVirtualThread
@Tag(name = "agents")
class AgentRequestResource {

    private final RequestAccess access;
    private final Tenants tenants;
    private final AgentRegistry agents;
    private final SubjectScheme subjects;
    private final ApiAllowance allowance;
    private final OpenRequests open;
    private final RequestConfig config;
    private final RequestLog log;
    private final TenantPublisher publisher;

    AgentRequestResource(
            RequestAccess access,
            Tenants tenants,
            AgentRegistry agents,
            SubjectScheme subjects,
            ApiAllowance allowance,
            OpenRequests open,
            RequestConfig config,
            RequestLog log,
            TenantPublisher publisher) {
        this.access = access;
        this.tenants = tenants;
        this.agents = agents;
        this.subjects = subjects;
        this.allowance = allowance;
        this.open = open;
        this.config = config;
        this.log = log;
        this.publisher = publisher;
    }

    @POST
    @Operation(operationId = "askAgent", summary = "Ask an agent, and wait for its reply")
    @APIResponse(responseCode = "504", ref = "Timeout")
    @APIResponseSchema(AgentReply.class)
    public AgentReply ask(@RestPath String id, @Nullable NewRequest request)
            throws InterruptedException {
        TenantId tenant = access.require(Role.MEMBER).tenant();
        if (request == null) {
            throw ErrorCode.INVALID_REQUEST.because("a JSON object is expected");
        }
        byte[] payload = request.payload();
        Duration timeout = request.timeout(config);
        AgentId agent =
                AgentId.parse(id)
                        .filter(named -> agents.find(tenant, named).isPresent())
                        .orElseThrow(AgentRequestResource::notFound);
        TenantRecord owner = tenants.find(tenant).orElseThrow(AgentRequestResource::notFound);
        allowance.take(owner, payload.length);
        open.begin(tenant);
        try {
            return ask(owner, agent, payload, timeout);
        } finally {
            open.end(tenant);
        }
    }

    private AgentReply ask(TenantRecord owner, AgentId agent, byte[] payload, Duration timeout)
            throws InterruptedException {
        TenantId tenant = owner.tenantId();
        RequestLog.Running running = log.begin(tenant, agent);
        String subject = subjects.request(tenant, agent).value();
        Answer answer = publisher.request(tenant, subject, payload, timeout);
        if (!(answer instanceof Answer.NotSent)) {
            allowance.passed(owner);
        }
        return switch (answer) {
            case Answer.Reply(var delivery) -> {
                running.end(delivery.isError() ? RequestOutcome.FAILED : RequestOutcome.ANSWERED);
                yield AgentReply.of(agent, delivery);
            }
            case Answer.Silence _ -> {
                running.end(RequestOutcome.TIMED_OUT);
                throw ErrorCode.TIMEOUT.because("The agent did not reply in time.");
            }
            case Answer.NotSent(TenantLink.Outcome outcome) -> {
                running.end(RequestOutcome.FAILED);
                throw outcome == TenantLink.Outcome.TOO_LARGE
                        ? ErrorCode.TOO_LARGE.because("data is larger than a message may be")
                        : new ProblemException(
                                ErrorCode.UNAVAILABLE,
                                "requests cannot be taken now",
                                Map.of("retry_after", "1"));
            }
        };
    }

    private static ProblemException notFound() {
        return ErrorCode.NOT_FOUND.because("There is no such agent.");
    }
}
