package ai.artcafe.metrics.edge;

import static org.assertj.core.api.Assertions.assertThat;

import ai.artcafe.metrics.testing.RawHttp.Answer;
import ai.artcafe.runtime.testing.ApiOperation;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.util.Set;
import java.util.regex.Pattern;
import org.assertj.core.api.AssertionsForClassTypes;

/** What every answer must be, whatever was asked. */
final class ProperAnswer {

    private static final ObjectMapper JSON = new ObjectMapper();

    /** Names of our code, of libraries and of parts: nothing that a client has to do with. */
    private static final Pattern LEAK =
            Pattern.compile(
                    "ai\\.artcafe|java\\.|jakarta\\.|Exception|\\tat |software\\.amazon|vertx|quarkus"
                            + "|netty|jackson|dynamo|redis|127\\.0\\.0\\.1|TENANT#|CLIENT#",
                    Pattern.CASE_INSENSITIVE);

    /** What any address may answer besides what its operation says. */
    private static final Set<Integer> ANYWHERE = Set.of(405, 413, 414);

    private ProperAnswer() {}

    /** Nothing went wrong on our side, and an error is one that the operation is described with. */
    static void check(ApiOperation operation, String what, Answer answer) {
        String about = operation + " " + what + " → " + answer.status() + " " + cut(answer.text());
        int status = answer.status();
        assertThat(status).as(about).isLessThan(500);
        assertThat(operation.mayAnswer(status) || ANYWHERE.contains(status))
                .as(about + ": a status that its description lacks")
                .isTrue();
        assertThat(answer.header("x-content-type-options")).as(about).isEqualTo("nosniff");
        if (status >= 400) {
            JsonNode problem = problem(about, answer);
            if (!ANYWHERE.contains(status)) {
                assertThat(operation.codes(status))
                        .as(about + ": a code that its description lacks")
                        .contains(problem.path("code").asText());
            }
        }
    }

    /** The problem, which has all that belongs to one and tells nothing that it should not. */
    static JsonNode problem(String about, Answer answer) {
        assertThat(answer.header("content-type")).as(about).startsWith("application/problem+json");
        JsonNode problem = read(about, answer);
        String code = problem.path("code").asText();
        assertThat(problem.path("type").asText())
                .as(about)
                .isEqualTo("urn:artcafe:problem:" + code);
        assertThat(problem.path("status").asInt()).as(about).isEqualTo(answer.status());
        for (String text : new String[] {"title", "detail", "code", "instance"}) {
            assertThat(problem.path(text).asText()).as(about + " " + text).isNotBlank();
        }
        assertThat(problem.path("instance").asText()).as(about).doesNotContain("?");
        assertThat(answer.header("cache-control")).as(about).isEqualTo("no-store");
        assertThat(answer.text().length()).as(about).isLessThan(2_000);
        AssertionsForClassTypes.assertThat(LEAK.matcher(answer.text()).find())
                .as(about + ": a leak")
                .isFalse();
        return problem;
    }

    private static JsonNode read(String about, Answer answer) {
        try {
            return JSON.readTree(answer.body());
        } catch (IOException e) {
            throw new AssertionError(about + " is not JSON", e);
        }
    }

    private static String cut(String text) {
        return text.substring(0, Math.min(400, text.length()));
    }
}
