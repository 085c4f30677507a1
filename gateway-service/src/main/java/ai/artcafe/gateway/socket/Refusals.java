package ai.artcafe.gateway.socket;

import ai.artcafe.model.problem.ErrorCode;
import ai.artcafe.model.problem.ProblemException;
import ai.artcafe.runtime.problem.Problem;
import ai.artcafe.runtime.store.StoreOutages;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.context.ApplicationScoped;
import java.io.UncheckedIOException;
import java.util.Map;
import java.util.Optional;
import org.jboss.logging.Logger;

/** How those are answered who get no WebSocket: as problem+json. */
@ApplicationScoped
public class Refusals {

    private static final Logger LOG = Logger.getLogger(Refusals.class);

    private static final String RETRY_AFTER = "retry_after";

    private final ObjectMapper json;

    Refusals(ObjectMapper json) {
        this.json = json;
    }

    /** Whether the request asks for a WebSocket. */
    public static boolean isUpgrade(HttpServerRequest request) {
        return "websocket".equalsIgnoreCase(request.getHeader(HttpHeaders.UPGRADE));
    }

    /** What the client is told of a failure at the door. */
    public static ProblemException problem(Exception e) {
        if (e instanceof ProblemException problem) {
            return problem;
        }
        if (e instanceof IllegalArgumentException invalid && isOfModel(invalid)) {
            return ErrorCode.INVALID_REQUEST.because(String.valueOf(invalid.getMessage()));
        }
        Optional<String> away = StoreOutages.storeAway(e);
        if (away.isPresent()) {
            return new ProblemException(
                    ErrorCode.UNAVAILABLE, away.get() + " is away", Map.of(RETRY_AFTER, "1"));
        }
        LOG.error("a client could not be let in", e);
        return ErrorCode.INTERNAL.because("The client could not be let in.");
    }

    /** Ids check themselves, and their message is for the client. */
    private static boolean isOfModel(IllegalArgumentException e) {
        return e.getStackTrace().length > 0
                && e.getStackTrace()[0].getClassName().startsWith("ai.artcafe.model.");
    }

    /** Answers on the event loop, unless the client has left. */
    public void answer(RoutingContext context, ProblemException e) {
        HttpServerResponse response = context.response();
        if (response.ended() || response.closed()) {
            return;
        }
        response.setStatusCode(e.code().httpStatus())
                .putHeader(HttpHeaders.CONTENT_TYPE, Problem.MEDIA_TYPE);
        Optional.ofNullable(e.members().get(RETRY_AFTER))
                .ifPresent(seconds -> response.putHeader(HttpHeaders.RETRY_AFTER, seconds));
        response.end(body(context, e));
    }

    private Buffer body(RoutingContext context, ProblemException e) {
        try {
            return Buffer.buffer(
                    json.writeValueAsBytes(
                            Problem.of(
                                    e.code(), e.detail(), context.request().path(), e.members())));
        } catch (JsonProcessingException unwritable) {
            throw new UncheckedIOException("a problem cannot be written as JSON", unwritable);
        }
    }
}
