package ai.artcafe.system.load;

import java.time.Instant;
import java.util.List;

/** A load that keeps its own account of what it carries, for others to be held against. */
public interface AccountedLoad extends AutoCloseable {

    /** Returns when nothing is on its way; connections stay open. */
    void rest();

    /** Goes on after a rest. */
    void resume();

    /** What it has carried so far; exact while it rests, and after it is closed. */
    Truth truth();

    /** Nothing was carried before. */
    Instant began();

    /** Why the truth may be wrong; empty as long as it is known what became of every message. */
    List<String> doubts();

    /** Ends all connections in order. */
    @Override
    void close();
}
