package ai.artcafe.tracker.presence;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;

/** When an agent is there, and what of it is kept. */
@ConfigMapping(prefix = "artcafe.presence")
public interface PresenceConfig {

    /** After how long without a heartbeat an agent that sends them is degraded. */
    @WithDefault("45s")
    Duration degradedAfter();

    /** After how long without a heartbeat it is unhealthy. */
    @WithDefault("75s")
    Duration unhealthyAfter();

    /** After how long without a heartbeat it is offline. */
    @WithDefault("90s")
    Duration offlineAfter();

    /** How often what has been heard is taken in. */
    @WithDefault("100ms")
    Duration interval();

    /** How often presence is compared with the ledger's open connections; the leader does. */
    @WithDefault("15s")
    Duration checkEvery();

    /** How often changes are written to the history in DynamoDB; the leader does. */
    @WithDefault("2s")
    Duration historyEvery();

    /** Agents of which something may wait to be taken in; what comes of others is dropped. */
    @WithDefault("200000")
    int maxWaiting();

    /** Bytes of heartbeats that may wait to be read; of those beyond, only that they came. */
    @WithDefault("67108864")
    long maxWaitingBytes();

    /** Bytes that a heartbeat may have; of a larger one counts only that it came. */
    @WithDefault("16384")
    int maxPayload();

    /** Metrics kept of an agent's heartbeat. */
    @WithDefault("32")
    int maxMetrics();

    /** Connections of one agent that are known by name, to tell its doors. */
    @WithDefault("64")
    int maxConnections();

    /** Open connections remembered as told; one that was forgotten is told again. */
    @WithDefault("200000")
    int rememberedConnections();

    /** Changes of a tenant that Redis keeps. */
    @WithDefault("1000")
    int maxChanges();

    /** Agents that one run of the script looks at; Redis does nothing else meanwhile. */
    @WithDefault("200")
    int agentsPerScript();

    /** How many tenants are looked at at once. */
    @WithDefault("16")
    int concurrency();

    /** Fields of a tenant's errors in a minute; those of further agents count for it only. */
    @WithDefault("1000")
    int maxErrorFields();
}
