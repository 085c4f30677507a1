package ai.artcafe.metrics.graphql;

import ai.artcafe.metrics.answer.Answer;
import ai.artcafe.model.problem.ErrorCode;
import java.time.Clock;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;

/**
 * One query being answered, by one thread. What is asked twice, under two aliases, is read once.
 */
final class QueryRun {

    private final Clock clock;
    private final Instant deadline;
    private final Map<Call, Answer<?>> answers = new HashMap<>();

    /**
     * @param deadline no endpoint is asked after it
     */
    QueryRun(Clock clock, Instant deadline) {
        this.clock = clock;
        this.deadline = deadline;
    }

    private record Call(String field, Arguments arguments) {}

    /**
     * Asks the endpoint.
     *
     * @throws ai.artcafe.model.problem.ProblemException {@code timeout} when there is no time left
     */
    Answer<?> ask(QueryField field, Arguments arguments) {
        Call call = new Call(field.name(), arguments);
        Answer<?> known = answers.get(call);
        if (known != null) {
            return known;
        }
        if (clock.instant().isAfter(deadline)) {
            throw ErrorCode.TIMEOUT.because("The query took too long before this was asked.");
        }
        Answer<?> answer = field.answer().apply(arguments);
        answers.put(call, answer);
        return answer;
    }
}
