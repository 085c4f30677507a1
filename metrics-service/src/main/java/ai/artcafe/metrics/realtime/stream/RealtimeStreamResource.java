package ai.artcafe.metrics.realtime.stream;

import ai.artcafe.metrics.answer.QueryTime;
import ai.artcafe.metrics.limit.Cost;
import ai.artcafe.metrics.tier.TierGate;
import ai.artcafe.model.access.Role;
import ai.artcafe.runtime.access.RequestAccess;
import ai.artcafe.runtime.access.TenantAccess;
import io.smallrye.common.annotation.Blocking;
import io.smallrye.common.annotation.RunOnVirtualThread;
import io.smallrye.mutiny.Multi;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.sse.OutboundSseEvent;
import jakarta.ws.rs.sse.Sse;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.regex.Pattern;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.enums.SchemaType;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.ExampleObject;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.resteasy.reactive.ResponseHeader;

/** {@code GET /api/v1/metrics/realtime/stream}. */
@Path("/api/v1/metrics/realtime/stream")
@Produces(MediaType.SERVER_SENT_EVENTS)
@Blocking
@RunOnVirtualThread
@Tag(name = "metrics")
public class RealtimeStreamResource {

    private static final String LAST_EVENT_ID = "Last-Event-ID";
    private static final Pattern SECOND = Pattern.compile("[0-9]{1,12}");
    private static final String EXAMPLE =
            """
            retry: 2000
            event: realtime
            id: 1795233004
            data: {"tenant_id":"acme","tier":"basic","as_of":"2026-11-21T03:50:05.100Z",…}

            """;

    private final RequestAccess access;
    private final TierGate gate;
    private final Streams streams;

    RealtimeStreamResource(RequestAccess access, TierGate gate, Streams streams) {
        this.access = access;
        this.gate = gate;
        this.streams = streams;
    }

    @GET
    @Cost(5)
    @Operation(
            operationId = "realtimeStream",
            summary = "What the tenant's agents do, every second (Server-Sent Events)",
            description =
                    """
                    An event `realtime` at once and then every second; its data is what \
                    `GET /api/v1/metrics/realtime` answers, for the tier that the tenant has by \
                    then. Its id is the second that `rates` are of, in seconds since 1970. A second \
                    that no event was of is told in `missed` of the next one: because the \
                    connection broke (send `Last-Event-ID`), or because the client was slow: only \
                    the newest picture waits for it. `missed.seconds` has those that are known, at \
                    most the last 5 minutes; one that is not in it is not known.

                    While a store is away, pictures are the last known one with `stale: true` and \
                    without id; without such a one the event is `unavailable`. The stream ends with \
                    the event `expired` when the token does, with `ended` when the tenant is gone \
                    (`not_found`) or the server goes away (`draining`: connect again). A client \
                    that takes nothing for 30 s is cut off.

                    The token comes in the header: in browsers use `fetch`, as `EventSource` sends \
                    none.\
                    """)
    @APIResponse(
            responseCode = "200",
            description = "The stream, which has no end of its own",
            content =
                    @Content(
                            mediaType = MediaType.SERVER_SENT_EVENTS,
                            schema = @Schema(type = SchemaType.STRING),
                            examples = @ExampleObject(name = "an event", value = EXAMPLE)))
    @ResponseHeader(name = HttpHeaders.CACHE_CONTROL, value = "no-store")
    @ResponseHeader(name = "X-Accel-Buffering", value = "no")
    public Multi<OutboundSseEvent> stream(
            @HeaderParam(LAST_EVENT_ID)
                    @Parameter(
                            description =
                                    "The id of the last event that the client has seen, when it"
                                            + " comes back",
                            example = "1795233004")
                    Optional<String> lastEventId,
            @Context Sse sse,
            @Context HttpServerRequest request) {
        TenantAccess who = access.require(Role.VIEWER);
        OptionalLong told =
                lastEventId.map(RealtimeStreamResource::second).orElseGet(OptionalLong::empty);
        HttpServerResponse response = request.response();
        return streams.open(who, gate.tenant(), told, sse, response::reset);
    }

    private static OptionalLong second(String id) {
        if (id.isEmpty()) {
            return OptionalLong.empty();
        }
        if (!SECOND.matcher(id).matches()) {
            throw QueryTime.invalid(
                    LAST_EVENT_ID, LAST_EVENT_ID + " must be the id of an event of this stream.");
        }
        return OptionalLong.of(Long.parseLong(id));
    }
}
