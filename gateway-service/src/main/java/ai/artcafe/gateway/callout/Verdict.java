package ai.artcafe.gateway.callout;

import ai.artcafe.model.identity.ConnectionOwner;
import ai.artcafe.model.identity.Slot;
import java.util.List;

/** What a connecting client may do. */
public sealed interface Verdict {

    /**
     * It is let in.
     *
     * @param owner whose connection it is, which is the name the server shows
     * @param slot the account it is placed in
     * @param publish subjects it may publish to
     * @param denied those among them that it may not
     * @param subscribe subjects it may subscribe to
     */
    record Allowed(
            ConnectionOwner owner,
            Slot slot,
            List<String> publish,
            List<String> denied,
            List<String> subscribe)
            implements Verdict {}

    /**
     * It is refused.
     *
     * @param reason for the server's log; the client learns nothing but that
     */
    record Denied(String reason) implements Verdict {}

    /**
     * It is refused for a while. It gets no answer: many clients close for good after two denials,
     * and try again after none.
     *
     * @param reason for our log
     */
    record Deferred(String reason) implements Verdict {}
}
