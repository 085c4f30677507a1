package ai.artcafe.model.key;

import ai.artcafe.model.identity.AgentId;
import ai.artcafe.model.identity.TenantId;
import ai.artcafe.model.usage.ConnectionKey;
import ai.artcafe.model.usage.Period;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;

/**
 * Keys of {@link Table#USAGE_METRICS}; the values are absolute, the attributes those of {@link
 * UsageFields}.
 */
public final class UsageKeys {

    private static final DateTimeFormatter MILLIS =
            DateTimeFormatter.ofPattern("yyyy-MM-dd'T'HH:mm:ss.SSS'Z'", Locale.ROOT)
                    .withZone(ZoneOffset.UTC);

    private UsageKeys() {}

    /** Partition of a tenant. */
    public static String tenant(TenantId tenant) {
        return "TENANT#" + tenant;
    }

    /** Partition of an agent. */
    public static String client(AgentId agent) {
        return "CLIENT#" + agent;
    }

    /** Sort key of a minute snapshot. */
    public static String snapshot(Instant at) {
        return "METRICS#" + MILLIS.format(at);
    }

    /** Sort key of one connection's final or latest reading. */
    public static String session(Instant openedAt, ConnectionKey connection) {
        return "SESSION#" + MILLIS.format(openedAt) + "#" + connection.key();
    }

    /**
     * Sort key of a rollup: {@code HOURLY#2026112103}, {@code DAILY#20261121}, {@code
     * MONTHLY#202611}.
     */
    public static String rollup(Period period, Instant at) {
        return period.name() + "#" + period.label(at);
    }
}
