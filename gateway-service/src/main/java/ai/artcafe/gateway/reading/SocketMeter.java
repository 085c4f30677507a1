package ai.artcafe.gateway.reading;

import ai.artcafe.model.identity.Attribution;
import ai.artcafe.model.identity.TenantId;
import ai.artcafe.model.usage.Counters;
import ai.artcafe.model.usage.GatewayReadings;
import java.time.Instant;
import java.util.concurrent.atomic.AtomicLong;

/**
 * What one agent's socket has carried since it was opened. The socket's event loop alone counts;
 * any thread may read, and sees each counter at or before its latest value.
 */
public final class SocketMeter {

    private final String connectionId;
    private final TenantId tenant;
    private final Attribution agent;
    private final Instant openedAt;

    private final AtomicLong inMessages = new AtomicLong();
    private final AtomicLong inBytes = new AtomicLong();
    private final AtomicLong outMessages = new AtomicLong();
    private final AtomicLong outBytes = new AtomicLong();
    private final AtomicLong controlMessages = new AtomicLong();
    private final AtomicLong controlBytes = new AtomicLong();
    private volatile boolean closed;

    public SocketMeter(String connectionId, TenantId tenant, Attribution agent, Instant openedAt) {
        this.connectionId = connectionId;
        this.tenant = tenant;
        this.agent = agent;
        this.openedAt = openedAt;
    }

    /** A message was taken in; bytes of its data as compact JSON. */
    public void published(int bytes) {
        add(inMessages, 1);
        add(inBytes, bytes);
    }

    /** A message was handed to the agent; bytes of its data as compact JSON. */
    public void delivered(int bytes) {
        add(outMessages, 1);
        add(outBytes, bytes);
    }

    /** A heartbeat or the like was taken in; bytes of the frame. */
    public void control(int bytes) {
        add(controlMessages, 1);
        add(controlBytes, bytes);
    }

    /** Nothing will be counted from here on. */
    public void close() {
        closed = true;
    }

    public String connectionId() {
        return connectionId;
    }

    public Instant openedAt() {
        return openedAt;
    }

    /** The present reading; its counters are final when it says that it is the last. */
    GatewayReadings.Socket read() {
        boolean last = closed;
        return new GatewayReadings.Socket(
                connectionId,
                tenant,
                agent,
                openedAt,
                new Counters(
                        inMessages.getAcquire(),
                        inBytes.getAcquire(),
                        outMessages.getAcquire(),
                        outBytes.getAcquire(),
                        controlMessages.getAcquire(),
                        controlBytes.getAcquire()),
                last);
    }

    private static void add(AtomicLong counter, long more) {
        counter.setRelease(counter.getPlain() + more);
    }
}
