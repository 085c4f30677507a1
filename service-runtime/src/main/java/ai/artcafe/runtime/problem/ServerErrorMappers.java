package ai.artcafe.runtime.problem;

import ai.artcafe.model.problem.ErrorCode;
import ai.artcafe.model.problem.ProblemException;
import io.quarkus.arc.All;
import jakarta.inject.Inject;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.Request;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.UriInfo;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jboss.logging.Logger;
import org.jboss.resteasy.reactive.server.ServerExceptionMapper;

/**
 * Everything else: a part that is away is 503 {@code unavailable}, a value that the model refuses
 * is 400, and what remains is 500 {@code internal} with an id to find it in the log by.
 */
public final class ServerErrorMappers {

    private static final Logger LOG = Logger.getLogger(ServerErrorMappers.class);
    private static final String RETRY_AFTER_SECONDS = "1";

    private final List<Outages> outages;

    @Inject
    public ServerErrorMappers(@All List<Outages> outages) {
        this.outages = List.copyOf(outages);
    }

    @ServerExceptionMapper
    public Response any(Throwable error, UriInfo uri, Request request) {
        Optional<ProblemException> invalid = InvalidValue.in(error);
        if (invalid.isPresent()) {
            return ProblemResponses.of(invalid.get(), uri);
        }
        Optional<String> away =
                outages.stream().flatMap(outage -> outage.partAway(error).stream()).findFirst();
        return away.isPresent()
                ? unavailable(away.get(), error, uri)
                : internal(error, uri, request);
    }

    private static Response unavailable(String part, Throwable error, UriInfo uri) {
        LOG.warnf(
                "request not answered, a part is away part=%s path=%s error=%s",
                part, uri.getRequestUri().getRawPath(), error.getClass().getName());
        ProblemException problem =
                ErrorCode.UNAVAILABLE.because(
                        "A part of the platform is away; try again in a moment.");
        return ProblemResponses.builder(problem, uri)
                .header(HttpHeaders.RETRY_AFTER, RETRY_AFTER_SECONDS)
                .build();
    }

    private static Response internal(Throwable error, UriInfo uri, Request request) {
        String id = UUID.randomUUID().toString();
        LOG.errorf(
                error,
                "request failed error_id=%s method=%s path=%s",
                id,
                request.getMethod(),
                uri.getRequestUri().getRawPath());
        return ProblemResponses.of(
                new ProblemException(
                        ErrorCode.INTERNAL,
                        "Something went wrong on our side; error_id tells us what.",
                        Map.of("error_id", id)),
                uri);
    }
}
