package ai.artcafe.gateway.revision;

import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.Response;
import java.net.URI;
import org.jspecify.annotations.Nullable;

/** Answers that tell which state of a resource they show. */
public final class RevisedAnswers {

    private RevisedAnswers() {}

    /** 200, or 304 where the client has it already. */
    public static Response read(Revised<?> resource, @Nullable String ifNoneMatch) {
        String tag = resource.revision().tag();
        return EntityTags.of(HttpHeaders.IF_NONE_MATCH, ifNoneMatch).include(resource.revision())
                ? Response.notModified().header(HttpHeaders.ETAG, tag).build()
                : changed(resource);
    }

    /** 200. */
    public static Response changed(Revised<?> resource) {
        return Response.ok(resource.value())
                .header(HttpHeaders.ETAG, resource.revision().tag())
                .build();
    }

    /** 201. */
    public static Response created(String location, Revised<?> resource) {
        return Response.created(URI.create(location))
                .entity(resource.value())
                .header(HttpHeaders.ETAG, resource.revision().tag())
                .build();
    }
}
