package ai.artcafe.gateway.dashboard;

import ai.artcafe.gateway.frame.MessageFrame;
import ai.artcafe.model.problem.ErrorCode;
import java.util.Optional;

/** The socket, as those see it who fill it. */
interface Viewer {

    /** Sends an answer or a notice, on the event loop; a socket that has no room for it closes. */
    void send(byte[] frame);

    /** Sends what may be left out, from any thread; false when there is no room for it. */
    boolean show(MessageFrame frame);

    /** Answers with an error, on the event loop. */
    void refuse(ErrorCode code, String detail, Optional<String> id);

    /** Runs a task on the event loop, unless the socket has ended. */
    void onLoop(Runnable task);

    /** How much waits to be sent, in bytes. */
    long waitingBytes();
}
