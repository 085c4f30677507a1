package ai.artcafe.metrics.usage.export;

import ai.artcafe.metrics.answer.LastAnswers;
import ai.artcafe.metrics.answer.Question;
import ai.artcafe.metrics.limit.Cost;
import ai.artcafe.metrics.tier.Feature;
import ai.artcafe.metrics.tier.TierGate;
import ai.artcafe.metrics.tier.TierGated;
import ai.artcafe.model.problem.ErrorCode;
import ai.artcafe.runtime.store.TenantRecord;
import io.quarkus.vertx.http.Uncompressed;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.ws.rs.BeanParam;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HEAD;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.time.Clock;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.ExampleObject;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/** {@code GET /api/v1/usage/export} and its manifest. */
@Path("/api/v1/usage/export")
@RunOnVirtualThread
@Tag(name = "usage")
public class ExportResource {

    private static final String CSV = "text/csv";
    private static final String NDJSON = "application/x-ndjson";
    private static final String CSV_EXAMPLE =
            """
            from,to,granularity,settled,tenant_id,agent_id,published_messages,published_bytes,\
            delivered_messages,delivered_bytes,control_messages,control_bytes,\
            adjustment_messages,adjustment_bytes,connections
            2026-11-20T00:00:00Z,2026-11-21T00:00:00Z,daily,true,acme,planner-1,\
            32,6800,20,2000,2,100,12,4800,1
            """;
    private static final String NDJSON_EXAMPLE =
            """
            {"from":"2026-11-20T00:00:00.000Z","to":"2026-11-21T00:00:00.000Z",\
            "granularity":"daily","settled":true,"tenant_id":"acme","agent_id":"planner-1",\
            "published":{"messages":32,"bytes":6800},"delivered":{"messages":20,"bytes":2000},\
            "control":{"messages":2,"bytes":100},"adjustments":{"messages":12,"bytes":4800},\
            "connections":1}
            """;
    private static final String PROBLEM = "application/problem+json";

    private final TierGate gate;
    private final Exports exports;
    private final ExportSlots slots;
    private final ExportResponses responses;
    private final LastAnswers answers;
    private final Clock clock;

    ExportResource(
            TierGate gate,
            Exports exports,
            ExportSlots slots,
            ExportResponses responses,
            LastAnswers answers,
            Clock clock) {
        this.gate = gate;
        this.exports = exports;
        this.slots = slots;
        this.responses = responses;
        this.answers = answers;
        this.clock = clock;
    }

    @GET
    @Cost(10)
    @TierGated(
            value = Feature.AGENT_USAGE,
            when = "with `by=agent`, and before the billing period that is open")
    @Uncompressed
    @Produces({CSV, NDJSON, PROBLEM})
    @Operation(
            operationId = "usageExport",
            summary = "The tenant's usage as a file",
            description =
                    """
                    A row for each hour, day or month in which anything was booked, of the tenant \
                    or of each agent (in the order of their names); the sums are those of \
                    `/usage/stats`. Everyone has the current billing period; professional also has \
                    hours of the last 7 days, enterprise of 30, and both days and months of 13 \
                    months, of each agent with `by=agent`.

                    The file ends where the usage is settled: at the last whole hour (by agent: \
                    the last day, UTC) that is complete. `Artcafe-From`, `Artcafe-To` and \
                    `Artcafe-Settled-Through` say so. A file that is settled is the same bytes \
                    each time it is asked for, until something in its time is corrected: it has a \
                    strong `ETag`, and can be had in pieces with `Range` and `If-Range` (or \
                    `If-Match`). Without these a `Range` is served only when `to` is given and \
                    settled; else the answer is the whole file, as pieces of two files would not \
                    fit. `Repr-Digest` is the SHA-256 of the whole file, in the header where it \
                    is known beforehand, else in the trailer; `/usage/export/manifest` has it, too.

                    CSV is RFC 4180 in UTF-8 with a header. A text that a spreadsheet would take \
                    for a formula (it begins with `=`, `+`, `-`, `@`, a tab or a carriage return, \
                    such as `@unattributed`) has an apostrophe before it. NDJSON is one object a \
                    line, as the API has them elsewhere. A store that goes away meanwhile, or a \
                    correction, cuts the connection: an incomplete file never looks complete.\
                    """)
    @APIResponse(
            responseCode = "200",
            description = "The whole file",
            content = {
                @Content(
                        mediaType = CSV,
                        schema = @Schema(implementation = String.class),
                        examples = @ExampleObject(name = "daily", value = CSV_EXAMPLE)),
                @Content(
                        mediaType = NDJSON,
                        schema = @Schema(implementation = String.class),
                        examples = @ExampleObject(name = "daily", value = NDJSON_EXAMPLE))
            })
    @APIResponse(responseCode = "206", description = "The bytes that were asked for")
    @APIResponse(responseCode = "304", description = "The file is the one that If-None-Match names")
    @APIResponse(
            responseCode = "412",
            description =
                    "`precondition_failed`. The file is not the one that If-Match names any more",
            content = @Content(mediaType = PROBLEM, schema = @Schema(ref = "Problem")))
    @APIResponse(
            responseCode = "416",
            description = "`range_not_satisfiable`. The file is not that long",
            content = @Content(mediaType = PROBLEM, schema = @Schema(ref = "Problem")))
    public Response export(@BeanParam ExportParameters parameters, HttpHeaders headers) {
        ExportFile file = file(gate.tenant(), parameters);
        ExportConditions conditions = ExportConditions.of(headers, file);
        if (conditions.isKnown()) {
            return responses.notModified(file);
        }
        conditions.requireMatch();
        ExportSlots.Slot slot = slots.take(file.plan().request().tenant());
        try {
            return conditions
                    .range()
                    .map(asked -> responses.part(file, exports.layout(file), asked, slot))
                    .orElseGet(() -> responses.all(file, exports.layoutAtOnce(file), slot));
        } catch (RuntimeException error) {
            slot.close();
            throw error;
        }
    }

    @HEAD
    @Uncompressed
    @Operation(hidden = true)
    public Response head(@BeanParam ExportParameters parameters) {
        return responses.head(file(gate.tenant(), parameters));
    }

    @GET
    @Path("/manifest")
    @Cost(10)
    @TierGated(
            value = Feature.AGENT_USAGE,
            when = "with `by=agent`, and before the billing period that is open")
    @Produces(MediaType.APPLICATION_JSON)
    @Operation(
            operationId = "usageExportManifest",
            summary = "What a file of usage is: its rows, length, checksum and totals",
            description =
                    "For the same parameters as `/usage/export`; the file has to be settled. To"
                            + " find out, the file is made once, which for a million rows takes a"
                            + " while; then it is remembered. `url` is where to get exactly this"
                            + " file. `difference`, between its rows and what `/usage/stats` says"
                            + " of the same time, is zero.")
    public ExportManifest manifest(@BeanParam ExportParameters parameters) {
        TenantRecord tenant = gate.tenant();
        ExportRequest request = ExportRequest.parse(parameters.asked(), tenant, clock.instant());
        return answers.answer(
                new Question(tenant.tenantId(), tenant.tier(), "export manifest " + request),
                ExportManifest.class,
                () -> manifest(tenant, exports.file(request)));
    }

    private ExportManifest manifest(TenantRecord tenant, ExportFile file) {
        if (file.tag().isEmpty()) {
            throw ErrorCode.INVALID_REQUEST.because(
                    "What is open changes all the time: a manifest takes open=exclude.");
        }
        try (ExportSlots.Slot _ = slots.take(tenant.tenantId())) {
            Layout layout = exports.layout(file);
            return ExportManifest.of(
                    tenant.tier(),
                    file,
                    layout,
                    ExportResponses.address(file, ExportResponses.PATH));
        }
    }

    private ExportFile file(TenantRecord tenant, ExportParameters parameters) {
        return exports.file(ExportRequest.parse(parameters.asked(), tenant, clock.instant()));
    }
}
