package ai.artcafe.gateway.reading;

import ai.artcafe.model.usage.Counters;
import ai.artcafe.model.usage.GatewayReadings;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Every socket that the trackers do not know all of yet: the open ones, and the closed ones until
 * their last reading is acknowledged. Nothing is dropped for being old: a closed socket takes a few
 * hundred bytes, and what it carried is money. Thread-safe.
 */
@ApplicationScoped
public class SocketReadings {

    private final Map<String, Entry> entries = new ConcurrentHashMap<>();

    /** From now on the socket is read. */
    public void add(SocketMeter meter) {
        entries.put(meter.connectionId(), new Entry(meter));
    }

    /** How many sockets are open, or closed and not acknowledged yet. */
    public int size() {
        return entries.size();
    }

    /** The present readings that differ from what was acknowledged. */
    List<GatewayReadings.Socket> unacknowledged() {
        List<GatewayReadings.Socket> readings = new ArrayList<>();
        for (Entry entry : entries.values()) {
            GatewayReadings.Socket reading = entry.meter.read();
            if (reading.last() || !reading.counters().equals(entry.acknowledged)) {
                readings.add(reading);
            }
        }
        return readings;
    }

    /** A tracker has applied these readings. */
    void acknowledge(List<GatewayReadings.Socket> readings) {
        for (GatewayReadings.Socket reading : readings) {
            if (reading.last()) {
                entries.remove(reading.connectionId());
            } else {
                entries.computeIfPresent(
                        reading.connectionId(), (_, entry) -> entry.acknowledge(reading));
            }
        }
    }

    private record Entry(SocketMeter meter, Counters acknowledged) {

        /** Unlike any reading: that a socket was opened is news, too. */
        private static final Counters NEVER = new Counters(Long.MAX_VALUE, 0, 0, 0, 0, 0);

        Entry(SocketMeter meter) {
            this(meter, NEVER);
        }

        Entry acknowledge(GatewayReadings.Socket reading) {
            return new Entry(meter, reading.counters());
        }
    }
}
