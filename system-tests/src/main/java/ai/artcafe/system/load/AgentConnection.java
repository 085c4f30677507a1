package ai.artcafe.system.load;

import ai.artcafe.model.usage.UsageTotals;
import java.io.IOException;
import java.time.Duration;
import java.util.Optional;

/**
 * One connection of an agent, with its own account of what it has carried. Used by one thread.
 *
 * <p>The account is exact as soon as the connection is {@linkplain #settle settled} and nothing is
 * on its way to it.
 */
interface AgentConnection {

    /**
     * Returns once everything that is published from now on is heard, or the subscription is
     * refused.
     *
     * @param subject in the form of {@link Said#subject}
     * @return whether it is heard
     */
    boolean subscribe(Wording wording, String subject) throws IOException;

    /**
     * Returns once nothing that is published from now on counts as delivered here. Whoever leaves
     * without it is handed messages for as long as the other side has not noticed.
     */
    void unsubscribe() throws IOException;

    void publish(Said said) throws IOException;

    /** Sends a heartbeat: control, not billed. */
    void heartbeat() throws IOException;

    /** Returns once it is known of everything that was sent whether it was taken in. */
    void settle() throws IOException;

    /** Messages handed to this connection so far. */
    long heard();

    /**
     * Waits for so many messages in all.
     *
     * @return whether they have come in time
     * @throws IOException when the connection has ended
     */
    boolean awaitHeard(long messages, Duration atMost) throws IOException;

    /** Whether a message with this text as its data has been handed to it; known for fences. */
    boolean awaitFence(String text, Duration atMost) throws IOException;

    /** What it has carried, by its own account. */
    UsageTotals carried();

    /** Why the account may be wrong: it ended with something unsettled. */
    Optional<String> doubt();

    /** Ends in order. */
    void close();

    /** Ends with a reset, as if the cable had been cut in a way that the other side learns of. */
    void reset();
}
