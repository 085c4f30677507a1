package ai.artcafe.metrics.analytics;

import java.util.Optional;

/**
 * How often an item occurred, by a sketch: between the two bounds, for certain, if all was looked
 * at.
 *
 * @param messages the upper bound
 */
record Rank(long messages, long atLeast) {

    static final Rank NONE = new Rank(0, 0);

    Rank plus(Rank other) {
        return new Rank(messages + other.messages, atLeast + other.atLeast);
    }

    /** The lower bound, where it is another. */
    Optional<Long> bound() {
        return Optional.of(atLeast).filter(least -> least < messages);
    }
}
