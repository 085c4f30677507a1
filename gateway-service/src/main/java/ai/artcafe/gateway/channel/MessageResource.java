package ai.artcafe.gateway.channel;

import ai.artcafe.gateway.broker.TenantLink;
import ai.artcafe.gateway.broker.TenantPublisher;
import ai.artcafe.gateway.channel.registry.ChannelRegistry;
import ai.artcafe.gateway.idempotency.Repetitions;
import ai.artcafe.gateway.quota.ApiAllowance;
import ai.artcafe.model.access.Role;
import ai.artcafe.model.identity.ChannelId;
import ai.artcafe.model.identity.TenantId;
import ai.artcafe.model.problem.ErrorCode;
import ai.artcafe.model.problem.ProblemException;
import ai.artcafe.model.subject.SubjectScheme;
import ai.artcafe.runtime.access.RequestAccess;
import ai.artcafe.runtime.store.TenantRecord;
import ai.artcafe.runtime.store.Tenants;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponseSchema;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.resteasy.reactive.RestPath;
import org.jspecify.annotations.Nullable;

/** Messages to a channel: members send them. */
@Path("/api/v1/channels/{id}/messages")
@Produces(MediaType.APPLICATION_JSON)
@RunOnVirtualThread
@Tag(name = "channels")
class MessageResource {

    private final RequestAccess access;
    private final Tenants tenants;
    private final ChannelRegistry channels;
    private final ChannelConfig config;
    private final SubjectScheme subjects;
    private final ApiAllowance allowance;
    private final Repetitions repetitions;
    private final TenantPublisher publisher;
    private final Clock clock;

    MessageResource(
            RequestAccess access,
            Tenants tenants,
            ChannelRegistry channels,
            ChannelConfig config,
            SubjectScheme subjects,
            ApiAllowance allowance,
            Repetitions repetitions,
            TenantPublisher publisher,
            Clock clock) {
        this.access = access;
        this.tenants = tenants;
        this.channels = channels;
        this.config = config;
        this.subjects = subjects;
        this.allowance = allowance;
        this.repetitions = repetitions;
        this.publisher = publisher;
        this.clock = clock;
    }

    @POST
    @Operation(operationId = "sendMessage", summary = "Send a message to a channel")
    @APIResponseSchema(value = SentMessage.class, responseCode = "202")
    public Response send(@RestPath String id, @Nullable NewMessage message)
            throws InterruptedException {
        TenantId tenant = access.require(Role.MEMBER).tenant();
        if (message == null) {
            throw ErrorCode.INVALID_REQUEST.because("a JSON object is expected");
        }
        byte[] payload = message.payload();
        String messageId = message.messageId();
        ChannelId channel =
                ChannelId.parse(id)
                        .filter(named -> channels.find(tenant, named).isPresent())
                        .orElseThrow(ChannelResource::notFound);
        TenantRecord owner = tenants.find(tenant).orElseThrow(ChannelResource::notFound);
        SentMessage sent =
                message.id().isEmpty()
                        ? send(owner, channel, messageId, payload)
                        : repetitions.once(
                                List.of("message", tenant.value(), channel.value(), messageId),
                                config.repeatWindow(),
                                SentMessage.class,
                                () -> send(owner, channel, messageId, payload));
        return Response.accepted(sent).build();
    }

    private SentMessage send(
            TenantRecord tenant, ChannelId channel, String messageId, byte[] payload)
            throws InterruptedException {
        allowance.take(tenant, payload.length);
        String subject = subjects.channel(tenant.tenantId(), channel).value();
        TenantLink.Outcome outcome =
                publisher.publish(tenant.tenantId(), subject, payload, Optional.of(messageId));
        return switch (outcome) {
            case ACCEPTED -> {
                allowance.passed(tenant);
                yield new SentMessage(messageId, subject, clock.instant());
            }
            case DOWN ->
                    throw new ProblemException(
                            ErrorCode.UNAVAILABLE,
                            "messages cannot be taken now",
                            Map.of("retry_after", "1"));
            case TOO_LARGE ->
                    throw ErrorCode.TOO_LARGE.because("data is larger than a message may be");
        };
    }
}
