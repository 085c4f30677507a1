package ai.artcafe.gateway.dashboard;

import ai.artcafe.gateway.frame.FrameAssembly;
import ai.artcafe.gateway.frame.MessageFrame;
import ai.artcafe.gateway.frame.Outbox;
import ai.artcafe.model.problem.ErrorCode;
import ai.artcafe.runtime.access.TenantAccess;
import io.netty.channel.EventLoop;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.ServerWebSocket;
import io.vertx.core.http.WebSocketFrame;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import org.jboss.logging.Logger;

/**
 * One dashboard's open WebSocket. Its state belongs to its event loop; what other threads may call
 * says so.
 */
final class DashboardSocket implements Viewer, Outbox.Watcher {

    private static final Logger LOG = Logger.getLogger(DashboardSocket.class);

    private static final int MAX_REASON = 120;
    private static final int PINGS_UNANSWERED = 3;

    /** What answers and notices may take of the outbox when messages have filled the rest. */
    private static final int RESERVED_PART = 8;

    /** Reconnects are spread over so long. */
    private static final int RECONNECT_SPREAD_MS = 5000;

    private final ServerWebSocket socket;
    private final EventLoop loop;
    private final DashboardServices services;
    private final DashboardAdmission.Admitted admitted;
    private final String connectionId = UUID.randomUUID().toString();
    private final Outbox outbox;
    private final FrameAssembly assembly;
    private final InboundPace pace;
    private final DashboardConversation conversation;
    private final CountDownLatch end = new CountDownLatch(1);

    private volatile TenantAccess access;
    private boolean ended;
    private long lastSeen; // epoch milliseconds

    DashboardSocket(
            ServerWebSocket socket,
            EventLoop loop,
            DashboardServices services,
            DashboardAdmission.Admitted admitted) {
        this.socket = socket;
        this.loop = loop;
        this.services = services;
        this.admitted = admitted;
        this.access = admitted.access();
        this.outbox = new Outbox(socket, loop, services.config().outboundBytes(), this);
        this.assembly = new FrameAssembly(services.config().frameBytes());
        this.pace = new InboundPace(services.config().framesPerSecond());
        this.conversation =
                new DashboardConversation(services, admitted, this, this::access, this::renewed);
    }

    /** What the token in force allows; any thread may ask. */
    TenantAccess access() {
        return access;
    }

    /** Greets the dashboard and begins to listen to it, on the event loop. */
    void open() {
        lastSeen = services.clock().millis();
        socket.frameHandler(this::take);
        socket.pongHandler(_ -> lastSeen = services.clock().millis());
        socket.exceptionHandler(e ->
                LOG.debugf("socket failed tenant=%s reason=%s", access.tenant(), e.toString()));
        socket.closeHandler(_ -> finish());
        if (!services.sockets().add(this)) {
            sendAway();
            return;
        }
        send(services.frames().welcome(connectionId, access));
        watchExpiry();
        ping();
        look();
        LOG.debugf("dashboard opened tenant=%s connection=%s", access.tenant(), connectionId);
    }

    private void take(WebSocketFrame frame) {
        if (ended) {
            return;
        }
        lastSeen = services.clock().millis();
        if (frame.isText() || frame.isContinuation() || frame.isBinary()) {
            switch (assembly.add(frame)) {
                case FrameAssembly.Result.Text(byte[] text) -> answer(text);
                case FrameAssembly.Result.Partial() -> {}
                case FrameAssembly.Result.Binary() ->
                        refuse(
                                ErrorCode.INVALID_REQUEST,
                                "frames must be text, not binary",
                                Optional.empty());
                case FrameAssembly.Result.TooLarge() -> {
                    String detail = "a frame may have " + services.config().frameBytes() + " bytes";
                    refuse(ErrorCode.TOO_LARGE, detail, Optional.empty());
                    close(ErrorCode.TOO_LARGE, detail);
                }
            }
            pauseIfHasty();
        }
    }

    private void answer(byte[] text) {
        try {
            conversation.take(services.reader().read(text));
        } catch (RuntimeException e) {
            LOG.errorf(e, "a frame could not be answered connection=%s", connectionId);
            refuse(ErrorCode.INTERNAL, "the frame could not be answered", Optional.empty());
        }
    }

    private void pauseIfHasty() {
        long pause = pace.take(lastSeen);
        if (pause > 0 && !ended) {
            socket.pause();
            loop.schedule(this::readOn, pause, TimeUnit.MILLISECONDS);
        }
    }

    private void readOn() {
        if (!ended) {
            socket.resume();
        }
    }

    @Override
    public void send(byte[] frame) {
        if (outbox.waitingBytes() + frame.length >= services.config().outboundBytes()) {
            close(ErrorCode.SLOW_CONSUMER, "reading too slowly");
            return;
        }
        outbox.send(frame);
    }

    @Override
    public boolean show(MessageFrame frame) {
        long room = services.config().outboundBytes();
        return outbox.waitingBytes() + frame.text().length < room - room / RESERVED_PART
                && outbox.offer(frame);
    }

    @Override
    public long waitingBytes() {
        return outbox.waitingBytes();
    }

    @Override
    public void refuse(ErrorCode code, String detail, Optional<String> id) {
        send(services.frames().error(code, detail, id, 0));
    }

    @Override
    public void onLoop(Runnable task) {
        loop.execute(() -> {
            if (!ended) {
                task.run();
            }
        });
    }

    private void renewed(TenantAccess renewed) {
        access = renewed;
        watchExpiry();
    }

    private void watchExpiry() {
        Instant watched = access.user().expiresAt();
        long left = Math.max(0, watched.toEpochMilli() - services.clock().millis());
        loop.schedule(() -> expire(watched), left, TimeUnit.MILLISECONDS);
    }

    private void expire(Instant watched) {
        if (!ended && access.user().expiresAt().equals(watched)) {
            close(ErrorCode.UNAUTHENTICATED, "the token has expired");
        }
    }

    private void look() {
        if (!ended) {
            conversation.look();
            loop.schedule(
                    this::look,
                    1000 / DashboardConversation.LOOKS_PER_SECOND,
                    TimeUnit.MILLISECONDS);
        }
    }

    private void ping() {
        if (ended) {
            return;
        }
        long period = services.config().ping().toMillis();
        if (services.clock().millis() - lastSeen >= PINGS_UNANSWERED * period) {
            close(ErrorCode.HEARTBEAT_TIMEOUT, "nothing was heard in spite of pings");
            return;
        }
        socket.writePing(Buffer.buffer());
        loop.schedule(this::ping, period, TimeUnit.MILLISECONDS);
    }

    @Override
    public void delivered(MessageFrame message) {
        // counted where it was shown
    }

    @Override
    public void filling() {
        // the breaker looks for itself
    }

    @Override
    public void overflowed() {
        // counted where it was to be shown
    }

    /** Closes the socket with a hint when to come back; any thread may call it. */
    void sendAway() {
        onLoop(() -> {
            outbox.send(
                    services.frames()
                            .error(
                                    ErrorCode.DRAINING,
                                    "this server is going away, reconnect",
                                    Optional.empty(),
                                    1 + ThreadLocalRandom.current().nextInt(RECONNECT_SPREAD_MS)));
            close(ErrorCode.DRAINING, "this server is going away, reconnect");
        });
    }

    /** Closes the socket for a reason; any thread may call it, any number of times. */
    void close(ErrorCode code, String reason) {
        if (!loop.inEventLoop()) {
            onLoop(() -> close(code, reason));
            return;
        }
        if (ended) {
            return;
        }
        services.meters().closed(code);
        LOG.debugf(
                "dashboard closed tenant=%s connection=%s code=%s",
                access.tenant(), connectionId, code.code());
        socket.close(
                code.closeCode().orElseThrow().shortValue(),
                reason.substring(0, Math.min(reason.length(), MAX_REASON)));
        finish();
    }

    private void finish() {
        if (ended) {
            return;
        }
        ended = true;
        outbox.close();
        try {
            conversation.end();
        } finally {
            services.admission().leave(admitted);
            services.sockets().remove(this);
            end.countDown();
        }
    }

    /** Waits until the socket has ended; any thread but the event loop may call it. */
    boolean awaitEnd(Duration patience) {
        try {
            return end.await(patience.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
            return false;
        }
    }
}
