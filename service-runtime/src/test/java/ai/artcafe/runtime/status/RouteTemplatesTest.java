package ai.artcafe.runtime.status;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import java.lang.reflect.Method;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class RouteTemplatesTest {

    private final RouteTemplates routes = new RouteTemplates();

    @Path("/api/v1/agents")
    static class Agents {

        @GET
        void all() {}

        @GET
        @Path("{id}")
        void one() {}

        @GET
        @Path("/{id}/sub/{rest: [a-z]{1,3}}/")
        void deep() {}
    }

    @Path("/")
    static class Root {
        @GET
        void root() {}
    }

    @Test
    void aRouteIsWhatTheCodeSays() {
        assertThat(routes.endpoint("GET", method(Agents.class, "all")))
                .isEqualTo("GET /api/v1/agents");
        assertThat(routes.endpoint("PUT", method(Agents.class, "one")))
                .isEqualTo("PUT /api/v1/agents/{id}");
        assertThat(routes.endpoint("GET", method(Agents.class, "deep")))
                .isEqualTo("GET /api/v1/agents/{id}/sub/{rest}");
        assertThat(routes.endpoint("GET", method(Root.class, "root"))).isEqualTo("GET /");
    }

    @Test
    void whatMatchesNothingIsOneRouteAndMethodsThatNobodyKnowsAreOneMethod() {
        assertThat(routes.endpoint("GET", Optional.empty())).isEqualTo("GET (unmatched)");
        assertThat(routes.endpoint("BREW-7f3a", Optional.empty()))
                .isEqualTo("(method) (unmatched)");
    }

    private static Optional<Method> method(Class<?> resource, String name) {
        return Stream.of(resource.getDeclaredMethods())
                .filter(each -> each.getName().equals(name))
                .findFirst();
    }
}
