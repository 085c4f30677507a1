package ai.artcafe.tracker.reading.broker;

import ai.artcafe.tracker.reading.ConnectionTable;
import io.nats.client.Message;
import io.nats.client.MessageHandler;
import java.io.IOException;
import java.time.Clock;
import java.util.Map;
import org.jboss.logging.Logger;

/**
 * Takes in what NATS servers tell unasked: of connections that begin and end, and of their own end.
 */
final class ServerEvents {

    private static final Logger LOG = Logger.getLogger(ServerEvents.class);

    private final ConnectionTable table;
    private final ServerStates servers;
    private final ChangedAccounts accounts;
    private final ServerNotices notices;
    private final Clock clock;

    ServerEvents(
            ConnectionTable table,
            ServerStates servers,
            ChangedAccounts accounts,
            ServerNotices notices,
            Clock clock) {
        this.table = table;
        this.servers = servers;
        this.accounts = accounts;
        this.notices = notices;
        this.clock = clock;
    }

    /** Takes one message of the server. */
    @FunctionalInterface
    private interface Taker {
        void take(byte[] json) throws IOException;
    }

    /** By subject, what takes the messages. */
    Map<String, MessageHandler> handlers() {
        return Map.of(
                "$SYS.ACCOUNT.*.CONNECT", message -> attempt(message, this::connected),
                "$SYS.ACCOUNT.*.DISCONNECT", message -> attempt(message, this::disconnected),
                "$SYS.SERVER.*.CLIENT.AUTH.ERR", message -> attempt(message, this::loginFailed),
                "$SYS.SERVER.*.SHUTDOWN", message -> attempt(message, this::shutdown),
                "$SYS.SERVER.*.LAMEDUCK", message -> attempt(message, this::lameDuck));
    }

    private static void attempt(Message message, Taker taker) {
        try {
            taker.take(message.getData());
        } catch (IOException | RuntimeException e) {
            LOG.warnf(
                    "Event not understood: subject=%s reason=%s",
                    message.getSubject(), e.getMessage());
        }
    }

    private void connected(byte[] json) throws IOException {
        take(ServerMessages.event(json, false));
    }

    private void disconnected(byte[] json) throws IOException {
        take(ServerMessages.event(json, true));
    }

    private void take(ServerMessages.Event event) {
        table.event(event.serverId(), event.row(), clock.instant());
        accounts.touched(event.serverId(), event.row().account());
    }

    private void loginFailed(byte[] json) throws IOException {
        ServerMessages.Event event = ServerMessages.event(json, true);
        notices.add(event.serverId(), event.row(), json);
    }

    private void shutdown(byte[] json) throws IOException {
        String server = ServerMessages.leavingServer(json);
        LOG.warnf("NATS server shuts down: server=%s", server);
        servers.shutdown(server, clock.instant());
    }

    private void lameDuck(byte[] json) throws IOException {
        LOG.warnf(
                "NATS server sends its clients away: server=%s",
                ServerMessages.leavingServer(json));
    }
}
