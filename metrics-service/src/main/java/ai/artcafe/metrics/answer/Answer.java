package ai.artcafe.metrics.answer;

import com.fasterxml.jackson.annotation.JsonIgnore;

/**
 * What a client is told, which may have to be told again later.
 *
 * @param <A> the answer's own type
 */
public interface Answer<A extends Answer<A>> {

    /** The same, marked as the last known one. */
    A asStale();

    /**
     * Whether its time is over and nothing in it is missing any more: then only {@code as_of} and
     * {@code complete_through} move, and they are not part of its tag.
     */
    @JsonIgnore
    default boolean isSettled() {
        return false;
    }

    /** How many rows it has, for the bound on what is held. */
    int rows();

    /** Whether the very same one is given to many who ask: it is then written only once. */
    default boolean givenToMany() {
        return false;
    }
}
