package ai.artcafe.runtime.access;

import io.smallrye.jwt.auth.principal.ParseException;

/** A token can be neither taken nor refused: the issuer's keys are not known and cannot be had. */
final class KeysAwayException extends ParseException {

    private static final long serialVersionUID = 1L;

    KeysAwayException(Throwable cause) {
        super("the issuer's keys cannot be had", cause);
    }
}
