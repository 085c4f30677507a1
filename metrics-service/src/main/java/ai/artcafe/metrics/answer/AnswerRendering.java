package ai.artcafe.metrics.answer;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.container.ContainerResponseContext;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.MultivaluedMap;
import jakarta.ws.rs.core.Response.Status;
import java.util.List;
import org.jboss.resteasy.reactive.server.ServerResponseFilter;

/**
 * Writes answers as JSON with an {@code ETag}, and 304 without them to who has them already. Caches
 * may keep them for the one who asked, but have to ask again before they use them: what a plan
 * shows may have changed since. Whatever else is answered they may not keep, unless it says so.
 */
@ApplicationScoped
public class AnswerRendering {

    private static final String FOR_ONE_AND_ASKED_AGAIN = "private, no-cache";
    private static final String NEVER = "no-store";
    private static final String DEPENDS_ON = "Authorization, X-Tenant-Id";

    private final Rendering rendering;

    AnswerRendering(Rendering rendering) {
        this.rendering = rendering;
    }

    @ServerResponseFilter
    public void render(ContainerRequestContext request, ContainerResponseContext response) {
        if (!(response.getEntity() instanceof Answer<?> answer)) {
            response.getHeaders().computeIfAbsent(HttpHeaders.CACHE_CONTROL, _ -> List.of(NEVER));
            return;
        }
        Rendered rendered = rendering.of(answer);
        EntityTag tag = rendered.tag();
        MultivaluedMap<String, Object> headers = response.getHeaders();
        headers.putSingle(HttpHeaders.ETAG, tag.toString());
        headers.putSingle(HttpHeaders.CACHE_CONTROL, FOR_ONE_AND_ASKED_AGAIN);
        headers.add(HttpHeaders.VARY, DEPENDS_ON);
        if (tag.isAmong(request.getHeaders().getOrDefault(HttpHeaders.IF_NONE_MATCH, List.of()))) {
            response.setStatusInfo(Status.NOT_MODIFIED);
            response.setEntity(null);
        } else {
            response.setEntity(rendered.body(), null, MediaType.APPLICATION_JSON_TYPE);
        }
    }
}
