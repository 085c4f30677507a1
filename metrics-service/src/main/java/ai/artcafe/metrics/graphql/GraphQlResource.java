package ai.artcafe.metrics.graphql;

import ai.artcafe.metrics.limit.RequestAllowance;
import ai.artcafe.metrics.tier.TierGate;
import ai.artcafe.model.problem.ErrorCode;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.ObjectWriter;
import io.quarkus.security.Authenticated;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.util.Map;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.enums.SchemaType;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.ExampleObject;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.RequestBody;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jspecify.annotations.Nullable;

/** {@code POST /graphql}; who one is, is asked before anything of the body is read. */
@Path("/graphql")
@Consumes(MediaType.APPLICATION_JSON)
@Produces({MediaType.APPLICATION_JSON, GraphQlResource.GRAPHQL_RESPONSE})
@RunOnVirtualThread
@Authenticated
@Tag(name = "graphql")
public class GraphQlResource {

    static final String GRAPHQL_RESPONSE = "application/graphql-response+json";

    private static final String QUERY =
            """
            {"query": "query Day($agent: ID) { realtime { asOf activeClients rates \
            { messagesPerSecond } } usage(clientId: $agent) { published { messages } } }", \
            "variables": {"agent": "worker-1"}}\
            """;
    private static final String ANSWER =
            """
            {"data": {"realtime": {"asOf": "2026-11-21T03:50:05.300Z", "activeClients": 3, \
            "rates": {"messagesPerSecond": 40}}, "usage": null}, "errors": [{"message": "Your tier, \
            basic, does not include agent_usage: it takes professional.", "path": ["usage"], \
            "extensions": {"code": "tier_required", "required_tier": "professional", \
            "tier": "basic"}}]}\
            """;

    /** Everything as it is: nulls are part of an answer. */
    private static final ObjectWriter JSON = new ObjectMapper().writer();

    private final RequestAllowance allowance;
    private final TierGate gate;
    private final GraphQlEngine engine;

    GraphQlResource(RequestAllowance allowance, TierGate gate, GraphQlEngine engine) {
        this.allowance = allowance;
        this.gate = gate;
        this.engine = engine;
    }

    @POST
    @Operation(
            operationId = "graphql",
            summary = "Several endpoints at once, and only the fields that are wanted",
            description =
                    """
                    A GraphQL query over what the endpoints of `/api/v1/metrics` and \
                    `/api/v1/usage` answer: each is a field of `Query`, with the same parameters, \
                    tiers and errors, and their members are in camelCase. Introspection tells the \
                    schema. There are queries only, one a request.

                    A query that cannot be answered (not GraphQL, not of this schema, too deep, too \
                    costly) is 400 with `errors` and without `data`. Of one that can, a field that \
                    fails is null with an entry in `errors`, whose `extensions` have the `code` and \
                    other members of the problem that REST would have answered; the rest is \
                    answered, with 200. It counts towards the rate limits as its endpoints \
                    together, about. Without a token, or with a tenant that is not the user's: \
                    problem+json, as everywhere.\
                    """)
    @APIResponse(
            responseCode = "200",
            description = "What was asked for",
            content =
                    @Content(
                            mediaType = MediaType.APPLICATION_JSON,
                            schema = @Schema(type = SchemaType.OBJECT),
                            examples = @ExampleObject(name = "in part", value = ANSWER)))
    public Response query(
            @RequestBody(
                            required = true,
                            content =
                                    @Content(
                                            mediaType = MediaType.APPLICATION_JSON,
                                            schema = @Schema(implementation = GraphQlRequest.class),
                                            examples =
                                                    @ExampleObject(name = "query", value = QUERY)))
                    @Nullable GraphQlRequest request)
            throws JsonProcessingException {
        if (request == null) {
            throw ErrorCode.INVALID_REQUEST.because("The body is missing.");
        }
        allowance.costs(engine.units(request));
        gate.tenant();
        Map<String, Object> members = engine.answer(request);
        return Response.status(
                        members.containsKey("data")
                                ? Response.Status.OK
                                : Response.Status.BAD_REQUEST)
                .header(HttpHeaders.CACHE_CONTROL, "no-store")
                .entity(JSON.writeValueAsBytes(members))
                .build();
    }
}
