package ai.artcafe.gateway.connection;

import ai.artcafe.gateway.agent.EndReason;
import java.util.Optional;

/**
 * How a socket ended.
 *
 * @param closeCode the code that the WebSocket was closed with, by whichever side; none when there
 *     was no closing handshake
 */
public record Ending(EndReason reason, Optional<Integer> closeCode) {

    /** The gateway ended it. */
    public static Ending of(EndReason reason) {
        return new Ending(reason, reason.code().flatMap(code -> code.closeCode()));
    }

    /** The agent ended it with this code, or said nothing. */
    public static Ending byAgent(Optional<Integer> closeCode) {
        return new Ending(
                closeCode.isPresent() ? EndReason.CLIENT_CLOSED : EndReason.CONNECTION_LOST,
                closeCode);
    }
}
