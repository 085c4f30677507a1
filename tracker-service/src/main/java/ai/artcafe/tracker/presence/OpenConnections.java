package ai.artcafe.tracker.presence;

import ai.artcafe.model.identity.AgentId;
import ai.artcafe.model.identity.TenantId;
import ai.artcafe.model.usage.ConnectionKey;
import ai.artcafe.model.usage.Reading;
import ai.artcafe.tracker.ledger.Applied;
import ai.artcafe.tracker.ledger.Observed;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Tells, of the readings that went into the ledger, those that open or close a connection: an open
 * one is told at its first reading. Thread-safe.
 */
final class OpenConnections {

    private final Map<ConnectionKey, Boolean> told; // guarded by this

    /**
     * @param remembered how many open connections; those forgotten are told again
     */
    OpenConnections(int remembered) {
        this.told =
                new LinkedHashMap<>(1024, 0.75f, true) {
                    @Override
                    protected boolean removeEldestEntry(Map.Entry<ConnectionKey, Boolean> eldest) {
                        return size() > remembered;
                    }
                };
    }

    synchronized void applied(Collection<Applied> batches, PresenceIntake.Taker taker) {
        for (Applied applied : batches) {
            TenantId tenant = applied.batch().tenant();
            for (Observed observed : applied.batch().readings()) {
                Reading reading = observed.reading();
                if (!(reading.agent() instanceof AgentId agent)) {
                    continue;
                }
                if (reading.last()) {
                    told.remove(reading.connection());
                    taker.take(tenant, agent, Facts.closed(observed.at()));
                } else if (told.put(reading.connection(), Boolean.TRUE) == null) {
                    taker.take(tenant, agent, Facts.connection(reading.connection()));
                }
            }
        }
    }

    /** All are told again: some may be open no longer without a reading that says so. */
    synchronized void forget() {
        told.clear();
    }
}
