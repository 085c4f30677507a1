package ai.artcafe.gateway.connection;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import java.util.List;
import java.util.Objects;

/**
 * What a gateway says of its sockets on {@link
 * ai.artcafe.model.subject.PlatformSubjects#CONNECTIONS}, once a second at least: silence means
 * that it is gone, or cannot be heard.
 *
 * @param from the run of the gateway that says so
 * @param word what it says beside that
 * @param opened sockets that are open: new ones, or in the course of a listing of all
 * @param closed those that have been closed
 */
@JsonIgnoreProperties(ignoreUnknown = true)
record ConnectionsNotice(
        String from, Word word, List<AgentConnection> opened, List<String> closed) {

    enum Word {
        /** Nothing but what the lists say. */
        CHANGES,
        /** It has just started: who hears it lists all it has. */
        HELLO,
        /** It is going away, with all its sockets. */
        GOODBYE
    }

    ConnectionsNotice {
        Objects.requireNonNull(from, "from");
        Objects.requireNonNull(word, "word");
        opened = List.copyOf(opened);
        closed = List.copyOf(closed);
    }
}
