package ai.artcafe.gateway.idempotency;

import ai.artcafe.gateway.idempotency.store.RequestClaims;
import ai.artcafe.model.problem.ErrorCode;
import ai.artcafe.model.problem.ProblemException;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.jboss.logging.Logger;

/** Does what has a name at most once, on whichever gateway. Blocks. */
@ApplicationScoped
public class Repetitions {

    private static final Logger LOG = Logger.getLogger(Repetitions.class);
    private static final int OK = 200;

    private final RequestClaims claims;
    private final ObjectMapper json;

    Repetitions(RequestClaims claims, ObjectMapper json) {
        this.claims = claims;
        this.json = json;
    }

    /** Something to do once. */
    @FunctionalInterface
    public interface Task<T> {

        /**
         * @throws ProblemException when it was not done, and may be tried again
         */
        T run() throws InterruptedException;
    }

    /**
     * The result of the task, or of the one that was run under this name before.
     *
     * @param name in parts, the first of which says of what kind it is
     * @param window for how long the name means this task
     * @throws ProblemException {@code conflict} while it is being done, or when nobody can tell
     *     whether it was
     */
    public <T> T once(List<String> name, Duration window, Class<T> type, Task<T> task)
            throws InterruptedException {
        String digest = Digest.of(name);
        return switch (claims.claim(digest, name.getFirst(), window, window)) {
            case Claim.Won won -> run(digest, won, task);
            case Claim.Done(StoredAnswer answer) -> read(answer, type);
            case Claim.Running _, Claim.Different _ ->
                    throw new ProblemException(
                            ErrorCode.CONFLICT,
                            "one with this id is being served, or was when it was interrupted",
                            Map.of("retry_after", "1"));
        };
    }

    private <T> T run(String name, Claim.Won claim, Task<T> task) throws InterruptedException {
        T result;
        try {
            result = task.run();
        } catch (ProblemException refused) {
            claims.release(name, claim);
            throw refused;
        }
        try {
            claims.complete(
                    name,
                    claim,
                    new StoredAnswer(OK, Map.of(), json.writeValueAsString(result), true));
        } catch (JsonProcessingException | RuntimeException e) {
            LOG.warnf(
                    "what was done once is not kept, a repetition is refused reason=%s",
                    e.getClass().getSimpleName());
        }
        return result;
    }

    private <T> T read(StoredAnswer answer, Class<T> type) {
        try {
            return json.readValue(answer.body(), type);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("what was kept cannot be read", e);
        }
    }
}
