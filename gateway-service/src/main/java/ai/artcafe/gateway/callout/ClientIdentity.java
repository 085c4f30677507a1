package ai.artcafe.gateway.callout;

/**
 * A client of the NATS server that has proved to hold the private half of its NKey.
 *
 * @param nkey its public key, {@code U…}
 * @param connectionName the name it gave its connection; anybody may choose any
 * @param serverId the server that it connects to
 */
public record ClientIdentity(String nkey, String connectionName, String serverId) {}
