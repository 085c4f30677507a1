package ai.artcafe.gateway.connection;

import java.util.List;

/** Where the records of this gateway's sockets are kept. Every method blocks. */
public interface ConnectionTable {

    /**
     * Writes the changes.
     *
     * @return those that were not taken, to be tried again
     */
    List<ConnectionChange> write(List<ConnectionChange> changes);
}
