package ai.artcafe.gateway.limit;

import java.time.Duration;

/** Whether something may happen now. */
public sealed interface RateVerdict {

    /** It may. */
    record Allowed() implements RateVerdict {}

    /**
     * It may not.
     *
     * @param retryAfter when to come back
     */
    record Exceeded(Duration retryAfter) implements RateVerdict {}

    RateVerdict ALLOWED = new Allowed();
}
