package ai.artcafe.metrics.answer;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.ObjectWriter;
import com.fasterxml.jackson.databind.node.ObjectNode;
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
 * shows may have changed since.
 */
@ApplicationScoped
public class AnswerRendering {

    private static final String FOR_ONE_AND_ASKED_AGAIN = "private, no-cache";
    private static final String DEPENDS_ON = "Authorization, X-Tenant-Id";

    /** What moves in an answer in which nothing else does. */
    private static final List<String> CLOCK = List.of("as_of", "complete_through");

    private final ObjectMapper mapper;
    private final ObjectWriter json;

    AnswerRendering(ObjectMapper mapper) {
        this.mapper = mapper;
        this.json = mapper.writer();
    }

    private byte[] withoutClock(Answer<?> answer) throws JsonProcessingException {
        ObjectNode tree = mapper.valueToTree(answer);
        tree.remove(CLOCK);
        return json.writeValueAsBytes(tree);
    }

    @ServerResponseFilter
    public void render(ContainerRequestContext request, ContainerResponseContext response)
            throws JsonProcessingException {
        if (!(response.getEntity() instanceof Answer<?> answer)) {
            return;
        }
        byte[] body = json.writeValueAsBytes(answer);
        EntityTag tag = EntityTag.of(answer.isSettled() ? withoutClock(answer) : body);
        MultivaluedMap<String, Object> headers = response.getHeaders();
        headers.putSingle(HttpHeaders.ETAG, tag.toString());
        headers.putSingle(HttpHeaders.CACHE_CONTROL, FOR_ONE_AND_ASKED_AGAIN);
        headers.add(HttpHeaders.VARY, DEPENDS_ON);
        if (tag.isAmong(request.getHeaders().getOrDefault(HttpHeaders.IF_NONE_MATCH, List.of()))) {
            response.setStatusInfo(Status.NOT_MODIFIED);
            response.setEntity(null);
        } else {
            response.setEntity(body, null, MediaType.APPLICATION_JSON_TYPE);
        }
    }
}
