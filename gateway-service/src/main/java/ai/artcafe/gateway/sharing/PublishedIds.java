package ai.artcafe.gateway.sharing;

import ai.artcafe.gateway.telemetry.GatewayMeters;
import ai.artcafe.model.identity.AgentId;
import jakarta.inject.Singleton;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * The ids that were published here and that the other gateways are still to be told. When too many
 * wait the oldest are dropped, counted. Event loops add without waiting; one thread takes.
 */
@Singleton
public class PublishedIds {

    private final int most;
    private final GatewayMeters meters;
    private final Queue<Published> waiting = new ConcurrentLinkedQueue<>();
    private final AtomicInteger size = new AtomicInteger();

    record Published(AgentId agent, String id) {}

    PublishedIds(SharingConfig config, GatewayMeters meters) {
        this.most = config.ids();
        this.meters = meters;
    }

    /** The agent's message with this id was taken in. */
    public void add(AgentId agent, String id) {
        waiting.add(new Published(agent, id));
        if (size.incrementAndGet() > most && waiting.poll() != null) {
            size.decrementAndGet();
            meters.idsNotShared(1);
        }
    }

    /** Those that wait, in the order in which they came. */
    List<Published> take() {
        int there = size.get();
        List<Published> taken = new ArrayList<>(there);
        for (int i = 0; i < there; i++) {
            Published next = waiting.poll();
            if (next == null) {
                break;
            }
            size.decrementAndGet();
            taken.add(next);
        }
        return taken;
    }
}
