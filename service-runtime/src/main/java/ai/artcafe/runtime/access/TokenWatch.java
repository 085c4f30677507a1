package ai.artcafe.runtime.access;

import ai.artcafe.model.problem.ProblemException;

/** Is told of every bearer token that comes in an {@code Authorization} header. Thread-safe. */
public interface TokenWatch {

    /**
     * One is shown, and not verified yet.
     *
     * @param address a textual IP address
     * @throws ProblemException when it is not even to be looked at
     */
    void shown(String token, String address);

    /** What became of it. */
    void judged(String token, String address, TokenVerdict verdict);
}
