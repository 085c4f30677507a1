package ai.artcafe.gateway.socket;

import ai.artcafe.gateway.agent.Agent;
import ai.artcafe.gateway.agent.EndReason;
import ai.artcafe.gateway.connection.Ending;
import ai.artcafe.gateway.connection.OpenSocket;
import ai.artcafe.gateway.frame.FrameAssembly;
import ai.artcafe.gateway.frame.MessageFrame;
import ai.artcafe.gateway.frame.Outbox;
import ai.artcafe.gateway.reading.SocketMeter;
import ai.artcafe.model.flow.ErrorSignal;
import ai.artcafe.model.identity.AgentId;
import ai.artcafe.model.identity.ChannelId;
import ai.artcafe.model.problem.ErrorCode;
import io.netty.channel.EventLoop;
import io.vertx.core.http.ServerWebSocket;
import io.vertx.core.http.WebSocketFrame;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jboss.logging.Logger;

/**
 * One agent's open WebSocket: from the welcome to the last reading. Its state belongs to its event
 * loop; what other threads may call says so.
 */
final class AgentSocket implements OpenSocket, Conversation.Peer, Outbox.Watcher {

    private static final Logger LOG = Logger.getLogger(AgentSocket.class);

    private static final long CONGESTION_CHECK_MS = 2;
    private static final long SETTLED_CHECK_MS = 20;
    private static final String LEAVING = "this server is going away, connect again";
    private static final int MAX_REASON = 120;
    private static final int ABNORMAL = 1006;
    private static final int FLOODING = 1;
    private static final int CONGESTED = 2;
    private static final int HELD_BACK = 4;

    private final ServerWebSocket socket;
    private final EventLoop loop;
    private final SocketServices services;
    private final Admission.Admitted admitted;
    private final SocketMeter meter;
    private final Outbox outbox;
    private final FrameAssembly assembly;
    private final Conversation conversation;
    private final CountDownLatch end = new CountDownLatch(1);

    private final AtomicBoolean overflowed = new AtomicBoolean();
    private boolean ended;
    private long lastSeen; // epoch milliseconds
    private int paused; // why it is not read: FLOODING, CONGESTED, HELD_BACK
    private long refusalsSince; // epoch milliseconds
    private int refusals;

    AgentSocket(
            ServerWebSocket socket,
            EventLoop loop,
            SocketServices services,
            Admission.Admitted admitted) {
        this.socket = socket;
        this.loop = loop;
        this.services = services;
        this.admitted = admitted;
        this.meter =
                new SocketMeter(
                        UUID.randomUUID().toString(),
                        admitted.agent().tenantId(),
                        admitted.agent().agentId(),
                        Instant.ofEpochMilli(services.clock().millis()));
        this.outbox = new Outbox(socket, loop, services.config().outboundBytes(), this);
        this.conversation = new Conversation(services, admitted, meter, this);
        this.assembly = new FrameAssembly(() -> conversation.limits().frameBytes());
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
        lastSeen = services.clock().millis();
        services.readings().add(meter);
        socket.frameHandler(this::take);
        socket.exceptionHandler(
                e -> LOG.debugf("socket failed agent=%s reason=%s", agent(), e.toString()));
        socket.closeHandler(_ -> finish(leaving()));
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

    private void take(WebSocketFrame frame) {
        if (ended) {
            return;
        }
        lastSeen = services.clock().millis();
        if (frame.isText() || frame.isContinuation() || frame.isBinary()) {
            switch (assembly.add(frame)) {
                case FrameAssembly.Result.Text(byte[] text) -> {
                    answer(text);
                    pauseIfCongested();
                }
                case FrameAssembly.Result.Partial() -> {}
                case FrameAssembly.Result.Binary() ->
                        refuse(
                                ErrorCode.INVALID_REQUEST,
                                "frames must be text, not binary",
                                Optional.empty(),
                                0);
                case FrameAssembly.Result.TooLarge() -> {
                    String detail =
                            "a frame may have " + conversation.limits().frameBytes() + " bytes";
                    refuse(ErrorCode.TOO_LARGE, detail, Optional.empty(), 0);
                    close(EndReason.TOO_LARGE, detail);
                }
            }
        }
    }

    private void answer(byte[] text) {
        try {
            conversation.take(services.reader().read(text), lastSeen);
        } catch (RuntimeException e) {
            LOG.errorf(e, "a frame could not be answered connection=%s", meter.connectionId());
            refuse(ErrorCode.INTERNAL, "the frame could not be answered", Optional.empty(), 0);
        }
    }

    @Override
    public void send(byte[] frame) {
        outbox.send(frame);
    }

    @Override
    public void deliver(MessageFrame message) {
        outbox.offer(message);
    }

    @Override
    public void respond(MessageFrame response) {
        outbox.send(response);
    }

    @Override
    public void onLoop(Runnable task) {
        loop.execute(() -> {
            if (!ended) {
                task.run();
            }
        });
    }

    @Override
    public void later(long millis, Runnable task) {
        loop.schedule(() -> onLoop(task), millis, TimeUnit.MILLISECONDS);
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
        outbox.send(ServerFrames.error(code, detail, id, retryAfterMs));
        long second = lastSeen - Math.floorMod(lastSeen, 1000L);
        if (second != refusalsSince) {
            refusalsSince = second;
            refusals = 0;
        }
        refusals++;
        if (refusals == services.config().refusalsPerSecond()) {
            pause(FLOODING);
            loop.schedule(() -> resume(FLOODING), second + 1000 - lastSeen, TimeUnit.MILLISECONDS);
        }
    }

    @Override
    public void holdBack(long millis) {
        pause(HELD_BACK);
        loop.schedule(() -> resume(HELD_BACK), millis, TimeUnit.MILLISECONDS);
    }

    private void pauseIfCongested() {
        if ((paused & CONGESTED) == 0 && admitted.link().isCongested()) {
            pause(CONGESTED);
            loop.schedule(this::resumeUnlessCongested, CONGESTION_CHECK_MS, TimeUnit.MILLISECONDS);
        }
    }

    private void resumeUnlessCongested() {
        if (ended || !admitted.link().isCongested()) {
            resume(CONGESTED);
        } else {
            loop.schedule(this::resumeUnlessCongested, CONGESTION_CHECK_MS, TimeUnit.MILLISECONDS);
        }
    }

    private void pause(int reason) {
        paused |= reason;
        socket.pause();
    }

    private void resume(int reason) {
        paused &= ~reason;
        if (paused == 0 && !ended) {
            socket.resume();
        }
    }

    private void watchHeartbeat(long delayMs) {
        loop.schedule(this::checkHeartbeat, delayMs, TimeUnit.MILLISECONDS);
    }

    private void checkHeartbeat() {
        if (ended) {
            return;
        }
        long timeout = services.config().heartbeatTimeout().toMillis();
        long silent = paused == 0 ? services.clock().millis() - lastSeen : 0;
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
        outbox.send(
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
        if (!loop.inEventLoop()) {
            onLoop(() -> close(reason, detail));
            return;
        }
        if (ended) {
            return;
        }
        ErrorCode code = reason.code().orElseThrow();
        services.meters().closed(code);
        LOG.debugf(
                "socket closed tenant=%s agent=%s connection=%s reason=%s",
                admitted.agent().tenantId(), agent(), meter.connectionId(), reason.id());
        socket.close(
                code.closeCode().orElseThrow().shortValue(),
                detail.substring(0, Math.min(detail.length(), MAX_REASON)));
        finish(Ending.of(reason));
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
        loop.schedule(
                () -> {
                    if (!ended) {
                        outbox.send(
                                ServerFrames.error(
                                        ErrorCode.DRAINING, LEAVING, Optional.empty(), comeBackMs));
                        closeWhenSettled(System.nanoTime() + patienceMs * 1_000_000, comeBackMs);
                    }
                },
                delayMs,
                TimeUnit.MILLISECONDS);
    }

    private void closeWhenSettled(long deadline, long comeBackMs) {
        boolean settled = !conversation.awaitsReplies() && outbox.isEmpty();
        if (ended || settled || System.nanoTime() >= deadline) {
            close(EndReason.DRAINING, LEAVING + " after " + comeBackMs + " ms");
        } else {
            loop.schedule(
                    () -> closeWhenSettled(deadline, comeBackMs),
                    SETTLED_CHECK_MS,
                    TimeUnit.MILLISECONDS);
        }
    }

    /** How the agent has left: without a closing handshake there is no code, or 1006. */
    private Ending leaving() {
        return Ending.byAgent(
                Optional.ofNullable(socket.closeStatusCode())
                        .map(Short::intValue)
                        .filter(code -> code != ABNORMAL));
    }

    /** Counts nothing from here on, whatever the network still does. */
    private void finish(Ending ending) {
        if (ended) {
            return;
        }
        ended = true;
        outbox.close();
        meter.close();
        try {
            conversation.end();
        } finally {
            admitted.link().release();
            services.sockets().remove(this);
            services.roster().closed(this, ending);
            end.countDown();
        }
    }

    /** Waits until nothing is counted any more; any thread but the event loop may call it. */
    boolean awaitEnd(Duration patience) {
        try {
            return end.await(patience.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
            return false;
        }
    }
}
