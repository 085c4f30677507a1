package ai.artcafe.gateway.idempotency;

/** What is known of a request that says it is one of which there is one only. */
public sealed interface Claim {

    /**
     * It is the first, and is now being served.
     *
     * @param owner with which it is completed or given up
     */
    record Won(String owner) implements Claim {}

    /** It is being served by somebody else, or was when that one stopped. */
    record Running() implements Claim {}

    /** It was served. */
    record Done(StoredAnswer answer) implements Claim {}

    /** There was one of that name that asked for something else. */
    record Different() implements Claim {}
}
