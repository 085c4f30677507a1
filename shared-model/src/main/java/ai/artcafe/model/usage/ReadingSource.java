package ai.artcafe.model.usage;

import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Who counted: one run of a NATS server or of a gateway. A restart is a new source, so connection
 * ids never mean two things.
 *
 * @param kind which of the two
 * @param id {@code <server id>} for a NATS server, whose id is new at every start; {@code <gateway
 *     id>.<epoch>} for a gateway
 */
public record ReadingSource(Kind kind, String id) {

    /** The two places that count. */
    public enum Kind {
        NATS("n:"),
        GATEWAY("g:");

        private final String mark;

        Kind(String mark) {
            this.mark = mark;
        }
    }

    private static final Pattern VALID = Pattern.compile("[A-Za-z0-9][A-Za-z0-9.-]{0,126}");

    public ReadingSource {
        if (!VALID.matcher(id).matches()) {
            throw new IllegalArgumentException("source id is not valid: " + id);
        }
    }

    public static ReadingSource natsServer(String serverId) {
        return new ReadingSource(Kind.NATS, serverId);
    }

    /**
     * @param epoch when this run of the gateway began, in epoch milliseconds
     */
    public static ReadingSource gateway(String gatewayId, long epoch) {
        return new ReadingSource(Kind.GATEWAY, gatewayId + "." + epoch);
    }

    /** The key in stores: {@code n:<server id>} or {@code g:<gateway id>.<epoch>}. */
    public String key() {
        return kind.mark + id;
    }

    /** The source of that key, or empty when it is none. */
    public static Optional<ReadingSource> parse(String key) {
        for (Kind kind : Kind.values()) {
            String id = key.startsWith(kind.mark) ? key.substring(kind.mark.length()) : "";
            if (VALID.matcher(id).matches()) {
                return Optional.of(new ReadingSource(kind, id));
            }
        }
        return Optional.empty();
    }
}
