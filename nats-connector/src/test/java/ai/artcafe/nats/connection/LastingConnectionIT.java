package ai.artcafe.nats.connection;

import static org.assertj.core.api.Assertions.assertThat;

import ai.artcafe.nats.Eventually;
import ai.artcafe.nats.NatsOptions;
import io.nats.client.Connection;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class LastingConnectionIT {

    private final NatsServerProcess server = new NatsServerProcess();
    private final List<Connection> made = new CopyOnWriteArrayList<>();
    private LastingConnection connection;

    @AfterEach
    void close() throws Exception {
        connection.close();
        server.close();
    }

    @Test
    void itConnectsWhenTheServerComesAfterIt() throws Exception {
        open();
        assertThat(connection.current()).isEmpty();

        server.start("right");

        awaitConnections(1);
    }

    @Test
    void itConnectsAnewAfterJnatsClosedForAuthenticationErrors() throws Exception {
        server.start("right");
        open();
        awaitConnections(1);

        server.kill();
        server.start("wrong");
        Eventually.isTrue(() -> made.getFirst().getStatus() == Connection.Status.CLOSED);
        Eventually.asserted(() -> assertThat(connection.fault()).containsIgnoringCase("auth"));
        server.kill();
        server.start("right");

        awaitConnections(2);
    }

    @Test
    void itStaysClosed() throws Exception {
        server.start("right");
        open();
        awaitConnections(1);

        connection.close();

        assertThat(made.getFirst().getStatus()).isEqualTo(Connection.Status.CLOSED);
        assertThat(connection.isConnected()).isFalse();
    }

    /** The watcher is told a moment after it is connected. */
    private void awaitConnections(int count) {
        Eventually.isTrue(connection::isConnected);
        Eventually.isTrue(() -> made.size() >= count);
        assertThat(made).hasSize(count);
    }

    private void open() {
        connection =
                LastingConnection.open(NatsOptions.named("lasting").urls(server.url()).build());
        connection.onConnection(made::add);
    }
}
