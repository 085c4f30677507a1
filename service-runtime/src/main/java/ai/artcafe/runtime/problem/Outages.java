package ai.artcafe.runtime.problem;

import java.util.Optional;

/** Tells the exceptions of a part that is away from those of a fault of ours. */
public interface Outages {

    /** The part that is away ({@code redis}, {@code dynamodb}), when that is what happened. */
    Optional<String> partAway(Throwable error);
}
