package ai.artcafe.runtime.access;

import ai.artcafe.runtime.problem.Outages;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;

/** {@code issuer}: tokens that cannot be judged, as its keys cannot be had. */
@ApplicationScoped
class IssuerOutages implements Outages {

    static final String ISSUER = "issuer";

    private static final int LONGEST_CHAIN = 10;

    @Override
    public Optional<String> partAway(Throwable error) {
        return Optional.of(ISSUER).filter(_ -> isCauseOf(error));
    }

    static boolean isCauseOf(Throwable error) {
        return Stream.iterate(error, Objects::nonNull, Throwable::getCause)
                .limit(LONGEST_CHAIN)
                .anyMatch(KeysAwayException.class::isInstance);
    }
}
