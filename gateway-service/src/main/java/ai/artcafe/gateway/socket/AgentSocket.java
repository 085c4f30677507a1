package ai.artcafe.gateway.socket;

import ai.artcafe.gateway.agent.Agent;
import ai.artcafe.gateway.agent.EndReason;
import ai.artcafe.gateway.connection.Ending;
import ai.artcafe.gateway.connection.OpenSocket;
import ai.artcafe.gateway.frame.MessageFrame;
import ai.artcafe.gateway.frame.Outbox;
import ai.artcafe.gateway.frame.TextSocket;
import ai.artcafe.gateway.reading.SocketMeter;
import ai.artcafe.model.flow.ErrorSignal;
import ai.artcafe.model.identity.AgentId;
import ai.artcafe.model.identity.ChannelId;
import ai.artcafe.model.problem.ErrorCode;
import io.netty.channel.EventLoop;
import io.vertx.core.http.ServerWebSocket;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jboss.logging.Logger;

/**
 * One agent's open WebSocket: from the welcome to the last reading. Its state belongs to its event
 * loop; what other threads may call says so.
 */
final class AgentSocket implements OpenSocket, Conversation.Peer, TextSocket.Owner, Outbox.Watcher {

    private static final Logger LOG = Logger.getLogger(AgentSocket.class);

    private static final long SETTLED_CHECK_MS = 20;
    private static final String LEAVING = "this server is going away, connect again";

    private final SocketServices services;
    private final Admission.Admitted admitted;
    private final SocketMeter meter;
    private final Conversation conversation;
    private final TextSocket socket;
    private final Intake intake;
    private final AtomicBoolean overflowed = new AtomicBoolean();

    private Optional<EndReason> endedFor = Optional.empty();

    AgentSocket(
            ServerWebSocket socket,
            EventLoop loop,
            SocketServices services,
            Admission.Admitted admitted) {
        this.services = services;
        this.admitted = admitted;
        this.meter =
                new SocketMeter(
                        UUID.randomUUID().toString(),
                        admitted.agent().tenantId(),
                        admitted.agent().agentId(),
                        Instant.ofEpochMilli(services.clock().millis()));
        this.socket =
                new TextSocket(
                        meter.connectionId(),
                        socket,
                        loop,
                        services.clock(),
                        this::maxFrameBytes,
                        services.config().outboundBytes(),
                        this,
                        this);
        this.conversation = new Conversation(services, admitted, meter, this);
        this.intake =
                new Intake(this.socket, admitted.link(), services.config().refusalsPerSecond());
    }

    private int maxFrameBytes() {
        return conversation.limits().frameBytes();
    }

    AgentId agent() {
        return admitted.agent().agentId();
    }

    @Override
    public Agent admitted() {
        return admitted.agent();
    }

    @Override
    public String connectionId() {
        return meter.connectionId();
    }

    @Override
    public Instant openedAt() {
        return meter.openedAt();
    }

    @Override
    public long connectionLimit() {
        return conversation.limits().connectionsPerAgent();
    }

    /** Greets the agent and begins to listen to it, on the event loop. */
    void open() {
        services.readings().add(meter);
        socket.listen();
        if (!services.sockets().add(this)) {
            close(EndReason.DRAINING, LEAVING);
            return;
        }
        services.meters().opened();
        send(ServerFrames.welcome(meter.connectionId(), services, admitted, conversation.limits()));
        conversation.belongTo(admitted.channels());
        watchHeartbeat(services.config().heartbeatTimeout().toMillis());
        services.roster().opened(this);
        LOG.debugf(
                "socket opened tenant=%s agent=%s connection=%s",
                admitted.agent().tenantId(), agent(), meter.connectionId());
    }

    @Override
    public void take(byte[] text) {
        conversation.take(services.reader().read(text), socket.lastSeen());
    }

    @Override
    public void frameTaken() {
        intake.stopIfCongested();
    }

    @Override
    public void refuse(ErrorCode code, String detail) {
        refuse(code, detail, Optional.empty(), 0);
    }

    @Override
    public void tooLarge(String detail) {
        refuse(ErrorCode.TOO_LARGE, detail);
        close(EndReason.TOO_LARGE, detail);
    }

    @Override
    public void send(byte[] frame) {
        socket.outbox().send(frame);
    }

    @Override
    public void deliver(MessageFrame message) {
        socket.outbox().offer(message);
    }

    @Override
    public void respond(MessageFrame response) {
        socket.outbox().send(response);
    }

    @Override
    public void onLoop(Runnable task) {
        socket.onLoop(task);
    }

    @Override
    public void later(long millis, Runnable task) {
        socket.later(millis, task);
    }

    @Override
    public void belongTo(List<ChannelId> channels) {
        onLoop(() -> conversation.belongTo(channels));
    }

    @Override
    public void refuse(ErrorCode code, String detail, Optional<String> id, long retryAfterMs) {
        services.meters().error(code);
        services.signals()
                .failed(
                        admitted.agent().tenantId(),
                        agent(),
                        code == ErrorCode.TIMEOUT ? ErrorSignal.TIMEOUT : ErrorSignal.REFUSED);
        socket.outbox().send(ServerFrames.error(code, detail, id, retryAfterMs));
        intake.refused();
    }

    @Override
    public void holdBack(long millis) {
        intake.holdBack(millis);
    }

    private void watchHeartbeat(long delayMs) {
        socket.later(delayMs, this::checkHeartbeat);
    }

    private void checkHeartbeat() {
        long timeout = services.config().heartbeatTimeout().toMillis();
        long silent = intake.isStopped() ? 0 : services.clock().millis() - socket.lastSeen();
        if (silent >= timeout) {
            close(
                    EndReason.HEARTBEAT_TIMEOUT,
                    "nothing was heard for " + timeout / 1000 + " seconds");
        } else {
            watchHeartbeat(timeout - silent);
        }
    }

    @Override
    public void delivered(MessageFrame message) {
        meter.delivered(message.bytes());
        services.meters().delivered(message.bytes());
        conversation.delivered(message);
    }

    @Override
    public void filling() {
        services.meters().error(ErrorCode.SLOW_CONSUMER);
        socket.outbox()
                .send(
                        ServerFrames.error(
                                ErrorCode.SLOW_CONSUMER,
                                "messages wait because you read too slowly; the connection closes when"
                                        + " more come than may wait",
                                Optional.empty(),
                                0));
    }

    @Override
    public void overflowed() {
        if (overflowed.compareAndSet(false, true)) {
            closeSlow();
        }
    }

    private void closeSlow() {
        close(EndReason.SLOW_CONSUMER, "reading too slowly, messages were dropped");
    }

    @Override
    public void close(EndReason reason, String detail) {
        if (!socket.isOnLoop()) {
            onLoop(() -> close(reason, detail));
            return;
        }
        if (socket.isEnded()) {
            return;
        }
        ErrorCode code = reason.code().orElseThrow();
        services.meters().closed(code);
        LOG.debugf(
                "socket closed tenant=%s agent=%s connection=%s reason=%s",
                admitted.agent().tenantId(), agent(), meter.connectionId(), reason.id());
        endedFor = Optional.of(reason);
        socket.close(code, detail);
    }

    /**
     * Tells the agent to connect again elsewhere and closes the socket, once the replies that it
     * waits for and what waits for it are through, or that has taken long. Any thread may call it.
     *
     * @param delayMs when to begin
     * @param patienceMs how long to wait
     * @param comeBackMs after how long the agent should connect again
     */
    void leave(long delayMs, long patienceMs, long comeBackMs) {
        later(
                delayMs,
                () -> {
                    send(
                            ServerFrames.error(
                                    ErrorCode.DRAINING, LEAVING, Optional.empty(), comeBackMs));
                    closeWhenSettled(System.nanoTime() + patienceMs * 1_000_000, comeBackMs);
                });
    }

    private void closeWhenSettled(long deadline, long comeBackMs) {
        boolean settled = !conversation.awaitsReplies() && socket.outbox().isEmpty();
        if (settled || System.nanoTime() >= deadline) {
            close(EndReason.DRAINING, LEAVING + " after " + comeBackMs + " ms");
        } else {
            later(SETTLED_CHECK_MS, () -> closeWhenSettled(deadline, comeBackMs));
        }
    }

    /** Counts nothing from here on, whatever the network still does. */
    @Override
    public void ended(Optional<Integer> closeCode) {
        meter.close();
        try {
            conversation.end();
        } finally {
            admitted.link().release();
            services.sockets().remove(this);
            services.roster()
                    .closed(
                            this,
                            endedFor.map(Ending::of).orElseGet(() -> Ending.byAgent(closeCode)));
        }
    }

    /** Waits until nothing is counted any more; any thread but the event loop may call it. */
    boolean awaitEnd(Duration patience) {
        return socket.awaitEnd(patience);
    }
}
