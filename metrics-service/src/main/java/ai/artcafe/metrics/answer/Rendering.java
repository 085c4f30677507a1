package ai.artcafe.metrics.answer;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.ObjectWriter;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.util.List;

/**
 * Writes answers as JSON. One that is shared is written once, as long as it is asked for again
 * within a second. Thread-safe.
 */
@ApplicationScoped
public class Rendering {

    private static final long BYTES_AT_MOST = 16_777_216;

    /** What moves in an answer in which nothing else does. */
    private static final List<String> CLOCK = List.of("as_of", "complete_through");

    private final ObjectMapper mapper;
    private final ObjectWriter json;
    private final Cache<Answer<?>, Rendered> shared =
            Caffeine.newBuilder()
                    .weakKeys()
                    .expireAfterAccess(Duration.ofSeconds(1))
                    .maximumWeight(BYTES_AT_MOST)
                    .weigher((Answer<?> answer, Rendered rendered) -> rendered.body().length)
                    .executor(Runnable::run)
                    .build();

    Rendering(ObjectMapper mapper) {
        this.mapper = mapper;
        this.json = mapper.writer();
    }

    /** The answer in bytes, which nobody may change. */
    public Rendered of(Answer<?> answer) {
        return answer.givenToMany() ? shared.get(answer, this::write) : write(answer);
    }

    private Rendered write(Answer<?> answer) {
        try {
            byte[] body = json.writeValueAsBytes(answer);
            return new Rendered(
                    body, EntityTag.of(answer.isSettled() ? withoutClock(answer) : body));
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("an answer that is no JSON", e);
        }
    }

    private byte[] withoutClock(Answer<?> answer) throws JsonProcessingException {
        ObjectNode tree = mapper.valueToTree(answer);
        tree.remove(CLOCK);
        return json.writeValueAsBytes(tree);
    }
}
