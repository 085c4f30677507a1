package ai.artcafe.system.bench;

import java.time.Duration;

/**
 * One way to do the same work. It is started once and then measured in turns with the others, so
 * that whatever else the machine does falls on all of them.
 */
interface Contender extends AutoCloseable {

    /** What the report calls it. */
    String name();

    /** Works at full speed for about this long, loses nothing, and says what it did. */
    Sample run(Duration duration) throws Exception;

    @Override
    void close() throws Exception;
}
