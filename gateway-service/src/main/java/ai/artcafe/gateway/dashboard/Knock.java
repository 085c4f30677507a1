package ai.artcafe.gateway.dashboard;

import ai.artcafe.model.problem.ErrorCode;
import ai.artcafe.model.problem.ProblemException;
import ai.artcafe.runtime.access.TenantChoice;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerRequest;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * What a dashboard shows at the door.
 *
 * @param token as it came; never logged
 * @param address where from, a textual IP address
 */
record Knock(String token, TenantChoice tenant, String address) {

    /** The subprotocol that says that the next one is a token, and the only one answered with. */
    static final String SUBPROTOCOL = "bearer";

    private static final String SCHEME = "bearer ";
    private static final String PROTOCOLS = "Sec-WebSocket-Protocol";
    private static final int LONGEST_TOKEN = 8192;

    /**
     * @throws ProblemException {@code unauthenticated} without a token, {@code invalid_request}
     *     with several
     */
    static Knock read(HttpServerRequest request) {
        List<String> tokens =
                Stream.of(
                                fromHeader(request).stream(),
                                fromSubprotocols(request).stream(),
                                request.params().getAll("token").stream())
                        .flatMap(found -> found)
                        .distinct()
                        .toList();
        if (tokens.size() > 1) {
            throw ErrorCode.INVALID_REQUEST.because("several tokens are given");
        }
        String token =
                tokens.stream()
                        .filter(text -> !text.isEmpty() && text.length() <= LONGEST_TOKEN)
                        .findFirst()
                        .orElseThrow(() ->
                                ErrorCode.UNAUTHENTICATED.because(
                                        "A valid bearer token is needed."));
        return new Knock(token, tenant(request), request.remoteAddress().hostAddress());
    }

    private static Optional<String> fromHeader(HttpServerRequest request) {
        return Optional.ofNullable(request.getHeader(HttpHeaders.AUTHORIZATION))
                .filter(value -> value.toLowerCase(Locale.ROOT).startsWith(SCHEME))
                .map(value -> value.substring(SCHEME.length()).strip());
    }

    /** {@code Sec-WebSocket-Protocol: bearer, <token>}, in one line or two. */
    private static Optional<String> fromSubprotocols(HttpServerRequest request) {
        List<String> offered = new ArrayList<>();
        for (String line : request.headers().getAll(PROTOCOLS)) {
            Arrays.stream(line.split(",", -1)).map(String::strip).forEach(offered::add);
        }
        int mark = offered.indexOf(SUBPROTOCOL);
        return mark >= 0 && mark + 1 < offered.size()
                ? Optional.of(offered.get(mark + 1))
                : Optional.empty();
    }

    private static TenantChoice tenant(HttpServerRequest request) {
        List<String> named = request.params().getAll("tenant_id").stream().distinct().toList();
        if (named.size() > 1) {
            return new TenantChoice.Invalid("tenant_id is given more than once.");
        }
        return TenantChoice.of(
                Optional.ofNullable(request.getHeader("X-Tenant-Id")), named.stream().findFirst());
    }

    @Override
    public String toString() {
        return "Knock[tenant=" + tenant + "]";
    }
}
