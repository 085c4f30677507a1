package ai.artcafe.gateway.dashboard;

import ai.artcafe.gateway.frame.MessageFrame;
import ai.artcafe.gateway.frame.Outbox;
import ai.artcafe.gateway.frame.TextSocket;
import ai.artcafe.model.problem.ErrorCode;
import ai.artcafe.runtime.access.TenantAccess;
import io.netty.channel.EventLoop;
import io.vertx.core.http.ServerWebSocket;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ThreadLocalRandom;
import org.jboss.logging.Logger;

/**
 * One dashboard's open WebSocket. Its state belongs to its event loop; what other threads may call
 * says so.
 */
final class DashboardSocket implements Viewer, TextSocket.Owner {

    private static final Logger LOG = Logger.getLogger(DashboardSocket.class);

    private static final int PINGS_UNANSWERED = 3;

    /** What answers and notices may take of the outbox when messages have filled the rest. */
    private static final int RESERVED_PART = 8;

    /** Reconnects are spread over so long. */
    private static final int RECONNECT_SPREAD_MS = 5000;

    private final DashboardServices services;
    private final DashboardAdmission.Admitted admitted;
    private final String connectionId = UUID.randomUUID().toString();
    private final TextSocket socket;
    private final InboundPace pace;
    private final DashboardConversation conversation;

    private volatile TenantAccess access;

    DashboardSocket(
            ServerWebSocket socket,
            EventLoop loop,
            DashboardServices services,
            DashboardAdmission.Admitted admitted) {
        this.services = services;
        this.admitted = admitted;
        this.access = admitted.access();
        this.socket =
                new TextSocket(
                        connectionId,
                        socket,
                        loop,
                        services.clock(),
                        services.config()::frameBytes,
                        services.config().outboundBytes(),
                        this,
                        Outbox.Watcher.NOBODY);
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
        socket.listen();
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

    @Override
    public void take(byte[] text) {
        conversation.take(services.reader().read(text));
    }

    @Override
    public void refuse(ErrorCode code, String detail) {
        refuse(code, detail, Optional.empty());
    }

    @Override
    public void tooLarge(String detail) {
        refuse(ErrorCode.TOO_LARGE, detail);
        close(ErrorCode.TOO_LARGE, detail);
    }

    @Override
    public void frameTaken() {
        long pause = pace.take(socket.lastSeen());
        if (pause > 0) {
            socket.pause();
            socket.later(pause, socket::resume);
        }
    }

    @Override
    public void send(byte[] frame) {
        if (socket.outbox().waitingBytes() + frame.length >= services.config().outboundBytes()) {
            close(ErrorCode.SLOW_CONSUMER, "reading too slowly");
            return;
        }
        socket.outbox().send(frame);
    }

    @Override
    public boolean show(MessageFrame frame) {
        long room = services.config().outboundBytes();
        return socket.outbox().waitingBytes() + frame.text().length < room - room / RESERVED_PART
                && socket.outbox().offer(frame);
    }

    @Override
    public long waitingBytes() {
        return socket.outbox().waitingBytes();
    }

    @Override
    public void refuse(ErrorCode code, String detail, Optional<String> id) {
        send(services.frames().error(code, detail, id, 0));
    }

    @Override
    public void onLoop(Runnable task) {
        socket.onLoop(task);
    }

    private void renewed(TenantAccess renewed) {
        access = renewed;
        watchExpiry();
    }

    private void watchExpiry() {
        Instant watched = access.user().expiresAt();
        long left = Math.max(0, watched.toEpochMilli() - services.clock().millis());
        socket.later(left, () -> expire(watched));
    }

    private void expire(Instant watched) {
        if (access.user().expiresAt().equals(watched)) {
            close(ErrorCode.UNAUTHENTICATED, "the token has expired");
        }
    }

    private void look() {
        conversation.look();
        socket.later(1000 / DashboardConversation.LOOKS_PER_SECOND, this::look);
    }

    private void ping() {
        long period = services.config().ping().toMillis();
        if (services.clock().millis() - socket.lastSeen() >= PINGS_UNANSWERED * period) {
            close(ErrorCode.HEARTBEAT_TIMEOUT, "nothing was heard in spite of pings");
            return;
        }
        socket.ping();
        socket.later(period, this::ping);
    }

    /** Closes the socket with a hint when to come back; any thread may call it. */
    void sendAway() {
        onLoop(() -> {
            socket.outbox()
                    .send(
                            services.frames()
                                    .error(
                                            ErrorCode.DRAINING,
                                            "this server is going away, reconnect",
                                            Optional.empty(),
                                            1
                                                    + ThreadLocalRandom.current()
                                                            .nextInt(RECONNECT_SPREAD_MS)));
            close(ErrorCode.DRAINING, "this server is going away, reconnect");
        });
    }

    /** Closes the socket for a reason; any thread may call it, any number of times. */
    void close(ErrorCode code, String reason) {
        if (!socket.isOnLoop()) {
            onLoop(() -> close(code, reason));
            return;
        }
        if (socket.isEnded()) {
            return;
        }
        services.meters().closed(code);
        LOG.debugf(
                "dashboard closed tenant=%s connection=%s code=%s",
                access.tenant(), connectionId, code.code());
        socket.close(code, reason);
    }

    @Override
    public void ended(Optional<Integer> closeCode) {
        try {
            conversation.end();
        } finally {
            services.admission().leave(admitted);
            services.sockets().remove(this);
        }
    }

    /** Waits until the socket has ended; any thread but the event loop may call it. */
    boolean awaitEnd(Duration patience) {
        return socket.awaitEnd(patience);
    }
}
