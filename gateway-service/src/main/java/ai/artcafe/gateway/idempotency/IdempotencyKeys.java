package ai.artcafe.gateway.idempotency;

import ai.artcafe.gateway.idempotency.store.RequestClaims;
import ai.artcafe.model.problem.ErrorCode;
import ai.artcafe.model.problem.ProblemException;
import ai.artcafe.runtime.access.RequestAccess;
import ai.artcafe.runtime.access.UserPrincipal;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import jakarta.annotation.Priority;
import jakarta.ws.rs.Priorities;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.container.ContainerRequestFilter;
import jakarta.ws.rs.container.ContainerResponseContext;
import jakarta.ws.rs.container.ContainerResponseFilter;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.ext.Provider;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jboss.logging.Logger;

/**
 * {@code Idempotency-Key}, on every write of a user: the same request with the same key is answered
 * as the first was, with {@code Idempotency-Replayed: true}. A key belongs to its user, tenant,
 * method and address. A refused request has done nothing, so its key is free again; an answer that
 * cannot be kept is logged, and the key is free after a while.
 */
@Provider
@Priority(Priorities.USER)
public class IdempotencyKeys implements ContainerRequestFilter, ContainerResponseFilter {

    public static final String HEADER = "Idempotency-Key";
    static final String REPLAYED = "Idempotency-Replayed";

    private static final Logger LOG = Logger.getLogger(IdempotencyKeys.class);
    private static final String BEGUN = IdempotencyKeys.class.getName();
    private static final Set<String> WRITES = Set.of("POST", "PUT", "PATCH", "DELETE");
    private static final Set<String> KEPT_HEADERS =
            Set.of(HttpHeaders.LOCATION, HttpHeaders.ETAG, HttpHeaders.CONTENT_TYPE);
    private static final int MAX_KEY = 255;
    private static final String RETRY_SECONDS = "1";

    private final RequestClaims claims;
    private final RequestAccess access;
    private final ObjectMapper json;

    private record Begun(String name, Claim.Won claim) {}

    IdempotencyKeys(RequestClaims claims, RequestAccess access, ObjectMapper json) {
        this.claims = claims;
        this.access = access;
        this.json = json;
    }

    @Override
    public void filter(ContainerRequestContext request) throws IOException {
        String key = request.getHeaderString(HEADER);
        if (key == null || !WRITES.contains(request.getMethod())) {
            return;
        }
        Optional<UserPrincipal> user = access.user();
        if (user.isEmpty()) {
            return;
        }
        requireValid(key);
        byte[] body = request.hasEntity() ? request.getEntityStream().readAllBytes() : new byte[0];
        request.setEntityStream(new ByteArrayInputStream(body));
        String name = name(request, user.get(), key);
        switch (claims.claim(name, Digest.of(body))) {
            case Claim.Won won -> request.setProperty(BEGUN, new Begun(name, won));
            case Claim.Done(StoredAnswer answer) -> request.abortWith(replay(answer));
            case Claim.Running _ ->
                    throw new ProblemException(
                            ErrorCode.CONFLICT,
                            "The request with this " + HEADER + " is still being served.",
                            Map.of("retry_after", RETRY_SECONDS));
            case Claim.Different _ ->
                    throw ErrorCode.CONFLICT.because(
                            "This " + HEADER + " was used with another request: choose a new one.");
        }
    }

    private static void requireValid(String key) {
        if (key.isEmpty()
                || key.length() > MAX_KEY
                || key.chars().anyMatch(c -> c < ' ' || c > '~')) {
            throw ErrorCode.INVALID_REQUEST.because(
                    HEADER + " must be 1 to " + MAX_KEY + " printable ASCII characters");
        }
    }

    private static String name(ContainerRequestContext request, UserPrincipal user, String key) {
        return Digest.of(
                List.of(
                        user.id(),
                        Optional.ofNullable(request.getHeaderString("X-Tenant-Id")).orElse(""),
                        String.join(
                                ",",
                                request.getUriInfo()
                                        .getQueryParameters()
                                        .getOrDefault("tenant_id", List.of())),
                        request.getMethod(),
                        request.getUriInfo().getPath(),
                        key));
    }

    private static Response replay(StoredAnswer answer) {
        if (!answer.complete()) {
            throw ErrorCode.CONFLICT.because(
                    "The request was served; its answer was too large to be kept.");
        }
        Response.ResponseBuilder replay = Response.status(answer.status()).header(REPLAYED, "true");
        answer.headers().forEach(replay::header);
        return answer.body().isEmpty() ? replay.build() : replay.entity(answer.body()).build();
    }

    @Override
    public void filter(ContainerRequestContext request, ContainerResponseContext response) {
        if (!(request.getProperty(BEGUN) instanceof Begun(String name, Claim.Won claim))) {
            return;
        }
        int status = response.getStatus();
        try {
            if (status < 300 || status == ErrorCode.TIMEOUT.httpStatus()) {
                claims.complete(name, claim, answer(status, response));
            } else {
                claims.release(name, claim);
            }
        } catch (JsonProcessingException | RuntimeException e) {
            LOG.warnf(
                    "the answer to a request with a key is not kept status=%d reason=%s",
                    status, e.getClass().getSimpleName());
        }
    }

    private StoredAnswer answer(int status, ContainerResponseContext response)
            throws JsonProcessingException {
        Object entity = response.getEntity();
        Map<String, String> headers = new HashMap<>();
        response.getHeaders()
                .forEach((header, values) -> {
                    if (KEPT_HEADERS.contains(header) && !values.isEmpty()) {
                        headers.put(header, values.getFirst().toString());
                    }
                });
        if (entity != null) {
            headers.putIfAbsent(HttpHeaders.CONTENT_TYPE, MediaType.APPLICATION_JSON);
        }
        return new StoredAnswer(
                status, headers, entity == null ? "" : json.writeValueAsString(entity), true);
    }
}
