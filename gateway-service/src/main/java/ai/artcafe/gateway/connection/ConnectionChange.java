package ai.artcafe.gateway.connection;

/** What is to be done to the record of a socket. */
public sealed interface ConnectionChange {

    AgentConnection connection();

    /** It is open: written, or written anew. */
    record Put(AgentConnection connection) implements ConnectionChange {}

    /** It is closed: removed. */
    record Remove(AgentConnection connection) implements ConnectionChange {}
}
