package ai.artcafe.metrics.status;

import java.util.Optional;

/** Shares of a whole, 0 to 1, to five digits. */
final class Rate {

    private static final double DIGITS = 100_000;

    private Rate() {}

    /** Empty when the whole is nothing. */
    static Optional<Double> of(long part, long whole) {
        return whole <= 0
                ? Optional.empty()
                : Optional.of(
                        Math.round(Math.clamp((double) part / whole, 0, 1) * DIGITS) / DIGITS);
    }
}
