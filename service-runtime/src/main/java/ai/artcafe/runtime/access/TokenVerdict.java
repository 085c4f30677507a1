package ai.artcafe.runtime.access;

/** What became of a bearer token. */
public sealed interface TokenVerdict {

    /** Signed by a key of the issuer, for this audience, in force. */
    record Accepted(UserPrincipal user) implements TokenVerdict {}

    /** Anything else; why is logged at DEBUG and not told to the client. */
    record Refused() implements TokenVerdict {}

    /** It cannot be told: the issuer's keys are not known, and cannot be had now. */
    record Undecided() implements TokenVerdict {}
}
