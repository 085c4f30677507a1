package ai.artcafe.gateway.excess;

import java.time.Duration;

/** What is to be done about an agent that was over a limit. */
public sealed interface Sentence {

    /** Nothing: it was done already. */
    record Done() implements Sentence {}

    /** It is told, and may go on. */
    record Warned() implements Sentence {}

    /**
     * It is cut off.
     *
     * @param backOff how long it is refused from now on
     */
    record CutOff(Duration backOff) implements Sentence {}
}
