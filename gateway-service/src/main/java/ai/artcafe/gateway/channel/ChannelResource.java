package ai.artcafe.gateway.channel;

import ai.artcafe.gateway.channel.registry.ChannelRegistry;
import ai.artcafe.gateway.patch.MergePatch;
import ai.artcafe.gateway.revision.EntityTags;
import ai.artcafe.gateway.revision.Revised;
import ai.artcafe.gateway.revision.RevisedAnswers;
import ai.artcafe.gateway.revision.Revision;
import ai.artcafe.model.access.Role;
import ai.artcafe.model.identity.ChannelId;
import ai.artcafe.model.identity.TenantId;
import ai.artcafe.model.problem.ErrorCode;
import ai.artcafe.model.problem.ProblemException;
import ai.artcafe.runtime.access.RequestAccess;
import ai.artcafe.runtime.page.Page;
import ai.artcafe.runtime.page.PageRequest;
import com.fasterxml.jackson.databind.JsonNode;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.enterprise.event.Event;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.PATCH;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Set;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.enums.SchemaType;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.RequestBody;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponseSchema;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.resteasy.reactive.RestHeader;
import org.jboss.resteasy.reactive.RestPath;
import org.jspecify.annotations.Nullable;

/** The tenant's channels: viewers read them, admins manage them. */
@Path("/api/v1/channels")
@Produces(MediaType.APPLICATION_JSON)
@RunOnVirtualThread
@Tag(name = "channels")
class ChannelResource {

    private static final Set<String> FIELDS = Set.of(ChannelFields.NAME, ChannelFields.DESCRIPTION);

    private final RequestAccess access;
    private final ChannelRegistry channels;
    private final Event<ChannelsChanged> changed;
    private final Clock clock;

    ChannelResource(
            RequestAccess access,
            ChannelRegistry channels,
            Event<ChannelsChanged> changed,
            Clock clock) {
        this.access = access;
        this.channels = channels;
        this.changed = changed;
        this.clock = clock;
    }

    @POST
    @Operation(operationId = "createChannel", summary = "Create a channel")
    @APIResponseSchema(value = Channel.class, responseCode = "201")
    public Response create(@Nullable NewChannel request) {
        TenantId tenant = access.require(Role.ADMIN).tenant();
        if (request == null) {
            throw ErrorCode.INVALID_REQUEST.because("a JSON object is expected");
        }
        Channel channel = request.channel(tenant, now());
        channels.create(channel);
        return RevisedAnswers.created(
                "/api/v1/channels/" + channel.channelId(),
                new Revised<>(channel, Revision.first(channel.createdAt())));
    }

    @GET
    @Operation(operationId = "listChannels", summary = "The channels, by their ids")
    public Page<Channel> list(
            @QueryParam("limit") @Nullable String limit,
            @QueryParam("cursor") @Nullable String cursor) {
        TenantId tenant = access.require(Role.VIEWER).tenant();
        return channels.list(tenant, PageRequest.of(ChannelRegistry.scope(tenant), limit, cursor));
    }

    @GET
    @Path("/{id}")
    @Operation(operationId = "readChannel", summary = "A channel")
    @APIResponseSchema(value = Channel.class, responseCode = "200")
    public Response read(
            @RestPath String id, @RestHeader("If-None-Match") @Nullable String ifNoneMatch) {
        TenantId tenant = access.require(Role.VIEWER).tenant();
        return ChannelId.parse(id)
                .flatMap(channel -> channels.find(tenant, channel))
                .map(channel -> RevisedAnswers.read(channel, ifNoneMatch))
                .orElseThrow(ChannelResource::notFound);
    }

    @PATCH
    @Path("/{id}")
    @Consumes({MediaType.APPLICATION_JSON, MergePatch.MEDIA_TYPE})
    @Operation(operationId = "changeChannel", summary = "Change a channel")
    @APIResponseSchema(value = Channel.class, responseCode = "200")
    @RequestBody(
            content =
                    @Content(
                            mediaType = MediaType.APPLICATION_JSON,
                            schema = @Schema(type = SchemaType.OBJECT),
                            example = "{\"name\":\"News\",\"description\":null}"))
    public Response patch(
            @RestPath String id,
            @RestHeader("If-Match") @Nullable String ifMatch,
            @Nullable JsonNode body) {
        TenantId tenant = access.require(Role.ADMIN).tenant();
        EntityTags expected = EntityTags.of("If-Match", ifMatch);
        MergePatch patch = MergePatch.of(body, FIELDS);
        return ChannelId.parse(id)
                .flatMap(channel ->
                        channels.change(
                                tenant, channel, expected, old -> patched(old, patch), now()))
                .map(RevisedAnswers::changed)
                .orElseThrow(ChannelResource::notFound);
    }

    private static Channel patched(Channel channel, MergePatch patch) {
        return new Channel(
                channel.channelId(),
                channel.tenantId(),
                ChannelFields.name(patch.text(ChannelFields.NAME, channel.name())),
                patch.text(ChannelFields.DESCRIPTION, channel.description())
                        .map(ChannelFields::description),
                channel.createdAt());
    }

    @DELETE
    @Path("/{id}")
    @Operation(operationId = "deleteChannel", summary = "Delete a channel, and who belongs to it")
    public void delete(@RestPath String id, @RestHeader("If-Match") @Nullable String ifMatch) {
        TenantId tenant = access.require(Role.ADMIN).tenant();
        EntityTags expected = EntityTags.of("If-Match", ifMatch);
        ChannelId channel = ChannelId.parse(id).orElseThrow(ChannelResource::notFound);
        if (!channels.delete(tenant, channel, expected)) {
            throw notFound();
        }
        changed.fire(new ChannelsChanged());
    }

    private Instant now() {
        return clock.instant().truncatedTo(ChronoUnit.MILLIS);
    }

    static ProblemException notFound() {
        return ErrorCode.NOT_FOUND.because("There is no such channel.");
    }
}
