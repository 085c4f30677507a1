package ai.artcafe.metrics.edge;

import ai.artcafe.model.problem.ErrorCode;
import ai.artcafe.model.problem.ProblemException;
import jakarta.ws.rs.container.ContainerRequestContext;
import java.util.Map;
import org.jboss.resteasy.reactive.server.ServerRequestFilter;

/** Refuses a parameter that is given twice with different values: which is meant is not guessed. */
public class RepeatedParameters {

    @ServerRequestFilter
    public void check(ContainerRequestContext request) {
        request.getUriInfo()
                .getQueryParameters()
                .forEach((name, values) -> {
                    if (values.stream().distinct().count() > 1) {
                        throw new ProblemException(
                                ErrorCode.INVALID_REQUEST,
                                "A parameter is given more than once.",
                                Map.of("field", name));
                    }
                });
    }
}
