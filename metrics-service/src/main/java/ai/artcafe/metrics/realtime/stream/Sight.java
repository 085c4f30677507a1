package ai.artcafe.metrics.realtime.stream;

import ai.artcafe.metrics.realtime.Track;
import java.util.Optional;

/** What a look at a tenant shows. */
sealed interface Sight {

    /**
     * Its picture, as fresh as it can be.
     *
     * @param json of the picture, as the endpoint without stream gives it
     */
    record Seen(String json, Optional<Track> track) implements Sight {}

    /** Nothing: a store is away, and nothing is known from before. */
    record Unknown() implements Sight {}

    /** That there is no such tenant any more. */
    record Gone() implements Sight {}
}
