package ai.artcafe.metrics.usage.export;

import ai.artcafe.metrics.telemetry.MetricNames;
import ai.artcafe.metrics.usage.export.ExportSlots.Slot;
import ai.artcafe.model.problem.ErrorCode;
import ai.artcafe.runtime.problem.Problem;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.Response.Status;
import jakarta.ws.rs.core.StreamingOutput;
import java.io.IOException;
import java.io.OutputStream;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jboss.logging.Logger;
import org.jboss.logging.Logger.Level;

/**
 * Gives files out. When something fails after the head has gone, the connection is cut before the
 * end of the body, so that the client sees that it is not all.
 */
@ApplicationScoped
class ExportResponses {

    private static final Logger LOG = Logger.getLogger(ExportResponses.class);
    static final String PATH = "/api/v1/usage/export";
    private static final String MANIFEST = PATH + "/manifest";
    private static final String REPR_DIGEST = "Repr-Digest";
    private static final String CONTENT_RANGE = "Content-Range";
    private static final String FOR_ONE_AND_ASKED_AGAIN = "private, no-cache";
    private static final String DEPENDS_ON = "Authorization, X-Tenant-Id";

    private final Exports exports;
    private final ExportConfig config;
    private final RoutingContext connection;
    private final Vertx vertx;
    private final Counter broken;

    /**
     * @param connection that of the request
     */
    ExportResponses(
            Exports exports,
            ExportConfig config,
            RoutingContext connection,
            Vertx vertx,
            MeterRegistry metrics) {
        this.exports = exports;
        this.config = config;
        this.connection = connection;
        this.vertx = vertx;
        this.broken = metrics.counter(MetricNames.BROKEN_EXPORTS);
    }

    private interface Body {
        void writeTo(OutputStream out) throws IOException;
    }

    Response all(ExportFile file, Optional<Layout> layout, Slot slot) {
        Response.ResponseBuilder response = headers(file, Response.ok());
        if (layout.isEmpty()) {
            HttpServerResponse raw = connection.response();
            response.header("Trailer", REPR_DIGEST);
            return response.entity(
                            guarded(
                                    file,
                                    slot,
                                    out -> {
                                        Layout made = exports.writeAll(file, out);
                                        raw.putTrailer(REPR_DIGEST, digest(made));
                                    }))
                    .build();
        }
        long length = layout.get().bytes();
        response.header(REPR_DIGEST, digest(layout.get()))
                .header(HttpHeaders.CONTENT_LENGTH, length);
        if (length == 0) {
            slot.close();
            return response.build();
        }
        return response.entity(
                        guarded(file, slot, written(file, layout.get(), ByteSpan.all(length))))
                .build();
    }

    Response part(ExportFile file, Layout layout, ByteSpan.Asked asked, Slot slot) {
        Optional<ByteSpan> span = asked.of(layout.bytes());
        if (span.isEmpty()) {
            slot.close();
            return beyond(layout);
        }
        return headers(file, Response.status(Status.PARTIAL_CONTENT))
                .header(REPR_DIGEST, digest(layout))
                .header(CONTENT_RANGE, span.get().contentRange(layout.bytes()))
                .header(HttpHeaders.CONTENT_LENGTH, span.get().length())
                .entity(guarded(file, slot, written(file, layout, span.get())))
                .build();
    }

    private Body written(ExportFile file, Layout layout, ByteSpan span) {
        return out -> exports.write(file, layout, span, out);
    }

    private static Response beyond(Layout layout) {
        return Response.status(Status.REQUESTED_RANGE_NOT_SATISFIABLE)
                .type(Problem.MEDIA_TYPE)
                .header(HttpHeaders.CACHE_CONTROL, "no-store")
                .header(CONTENT_RANGE, "bytes */" + layout.bytes())
                .entity(
                        Problem.of(
                                ErrorCode.RANGE_NOT_SATISFIABLE,
                                "The file has " + layout.bytes() + " bytes.",
                                PATH,
                                Map.of()))
                .build();
    }

    Response notModified(ExportFile file) {
        return Response.notModified()
                .header(HttpHeaders.ETAG, file.quotedTag().orElseThrow())
                .header(HttpHeaders.CACHE_CONTROL, FOR_ONE_AND_ASKED_AGAIN)
                .header(HttpHeaders.VARY, DEPENDS_ON)
                .build();
    }

    Response head(ExportFile file) {
        return headers(file, Response.ok()).build();
    }

    private static Response.ResponseBuilder headers(
            ExportFile file, Response.ResponseBuilder response) {
        ExportPlan plan = file.plan();
        response.header(HttpHeaders.CONTENT_TYPE, plan.request().format().mediaType())
                .header(
                        HttpHeaders.CONTENT_DISPOSITION,
                        "attachment; filename=\"" + plan.fileName() + '"')
                .header(HttpHeaders.CACHE_CONTROL, FOR_ONE_AND_ASKED_AGAIN)
                .header(HttpHeaders.VARY, DEPENDS_ON)
                .header("Accept-Ranges", file.tag().isPresent() ? "bytes" : "none")
                .header("Artcafe-From", plan.range().from())
                .header("Artcafe-To", plan.range().to())
                .header("Artcafe-Settled-Through", plan.settledThrough());
        file.quotedTag()
                .ifPresent(tag ->
                        response.header(HttpHeaders.ETAG, tag)
                                .header(
                                        HttpHeaders.LINK,
                                        "<" + address(file, MANIFEST) + ">; rel=\"describedby\""));
        return response;
    }

    /** The path of exactly this file, or of its manifest. */
    static String address(ExportFile file, String path) {
        ExportRequest request = file.plan().request();
        Map<String, Object> query = new LinkedHashMap<>();
        query.put("tenant_id", request.tenant());
        query.put("from", file.plan().range().from());
        query.put("to", file.plan().range().to());
        query.put("granularity", request.granularity().id());
        query.put("format", request.format().id());
        query.put("time_zone", request.zone().getId().equals("Z") ? "UTC" : request.zone());
        query.put("by", request.byAgent() ? "agent" : "tenant");
        return query.entrySet().stream()
                .map(each ->
                        each.getKey()
                                + "="
                                + URLEncoder.encode(
                                        each.getValue().toString(), StandardCharsets.UTF_8))
                .collect(Collectors.joining("&", path + "?", ""));
    }

    private static String digest(Layout layout) {
        return "sha-256=:"
                + Base64.getEncoder().encodeToString(HexFormat.of().parseHex(layout.sha256()))
                + ":";
    }

    private StreamingOutput guarded(ExportFile file, Slot slot, Body body) {
        HttpServerResponse raw = connection.response();
        connection.addEndHandler(_ -> slot.close());
        return out -> {
            long limit = vertx.setTimer(config.timeLimit().toMillis(), _ -> raw.reset());
            try (slot) {
                body.writeTo(out);
            } catch (RuntimeException | IOException error) {
                if (!raw.headWritten() && !raw.closed()) {
                    throw error;
                }
                broken.increment();
                LOG.logf(
                        error instanceof IOException ? Level.DEBUG : Level.WARN,
                        "Export broke off: tenant=%s reason=%s",
                        file.plan().request().tenant(),
                        error);
                raw.reset();
                throw error;
            } finally {
                vertx.cancelTimer(limit);
            }
        };
    }
}
