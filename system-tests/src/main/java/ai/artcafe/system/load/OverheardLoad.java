package ai.artcafe.system.load;

import ai.artcafe.model.identity.AgentId;
import ai.artcafe.model.identity.TenantId;
import ai.artcafe.model.usage.Traffic;
import ai.artcafe.system.platform.Platform;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.LockSupport;

/**
 * Agents at the WebSocket door who talk without waiting for answers, and one at the NATS door who
 * hears all that the gateway has passed on: what was published, whoever else has forgotten it.
 */
public final class OverheardLoad implements AutoCloseable {

    private static final long PAUSE_NANOS = 5_000_000;
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final String SUBJECT = "overheard.all";

    private final NatsAgentConnection listener;
    private final List<AgentConnection> speakers = new ArrayList<>();
    private final List<Thread> threads = new ArrayList<>();
    private volatile boolean silent;
    private volatile boolean closing;

    private OverheardLoad(NatsAgentConnection listener) {
        this.listener = listener;
    }

    /** Registers everybody and begins. */
    public static OverheardLoad begin(Platform platform, TenantId tenant, int speakers) {
        Doors doors = Doors.of(platform, 1);
        doors.createTenant(tenant);
        try {
            AgentConnection listener =
                    doors.enrol(tenant, new AgentId(tenant + "-listener"), Door.NATS).connect();
            OverheardLoad load = new OverheardLoad((NatsAgentConnection) listener);
            listener.subscribe(Wording.TENANT, SUBJECT);
            for (int i = 0; i < speakers; i++) {
                AgentId agent = new AgentId(tenant + "-" + i);
                AgentConnection speaker = doors.enrol(tenant, agent, Door.WEBSOCKET).connect();
                load.speakers.add(speaker);
                load.threads.add(Thread.ofVirtual().start(() -> load.keepTalking(speaker)));
            }
            return load;
        } catch (IOException e) {
            throw new UncheckedIOException("the load could not begin", e);
        }
    }

    private void keepTalking(AgentConnection speaker) {
        try {
            for (int n = 0; !closing; n++) {
                if (!silent) {
                    Payload payload = Payload.text("{\"n\":" + n + "}");
                    speaker.publish(new Said(Wording.TENANT, SUBJECT, payload));
                }
                LockSupport.parkNanos(PAUSE_NANOS);
            }
        } catch (IOException e) {
            // the gateway is gone: nothing more is said
            return;
        }
    }

    /** Returns when so many more messages have been overheard. */
    public void carry(long messages) {
        try {
            if (!listener.awaitHeard(listener.heard() + messages, PATIENCE)) {
                throw new IllegalStateException("only " + overheard() + " were overheard");
            }
        } catch (IOException e) {
            throw new UncheckedIOException("nobody listens any more", e);
        }
    }

    /** Nothing more is said until it goes on. */
    public void pause() {
        silent = true;
    }

    /** Goes on after a pause. */
    public void resume() {
        silent = false;
    }

    /** What was published so far; the bytes as they count at the WebSocket door. */
    public Traffic overheard() {
        return listener.heardPayloads();
    }

    /** Everybody leaves. */
    @Override
    public void close() {
        closing = true;
        speakers.forEach(AgentConnection::reset);
        listener.close();
        try {
            for (Thread thread : threads) {
                thread.join();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
