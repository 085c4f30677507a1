package ai.artcafe.model.usage;

import java.util.Optional;
import java.util.regex.Pattern;

/**
 * One connection, unique for all time.
 *
 * @param source who counts it
 * @param connectionId the server's {@code cid}, or the gateway's connection id
 */
public record ConnectionKey(ReadingSource source, String connectionId) {

    private static final Pattern VALID = Pattern.compile("[A-Za-z0-9-]{1,64}");

    public ConnectionKey {
        if (!VALID.matcher(connectionId).matches()) {
            throw new IllegalArgumentException("connection id is not valid: " + connectionId);
        }
    }

    /** The field in stores: {@code <source key>/<connection id>}. */
    public String key() {
        return source.key() + "/" + connectionId;
    }

    /** The connection of that key, or empty when it is none. */
    public static Optional<ConnectionKey> parse(String key) {
        int slash = key.lastIndexOf('/');
        if (slash < 0 || !VALID.matcher(key.substring(slash + 1)).matches()) {
            return Optional.empty();
        }
        return ReadingSource.parse(key.substring(0, slash))
                .map(source -> new ConnectionKey(source, key.substring(slash + 1)));
    }
}
