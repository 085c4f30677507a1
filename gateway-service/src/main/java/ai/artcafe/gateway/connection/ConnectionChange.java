package ai.artcafe.gateway.connection;

/** What is to be done to the record of a connection. */
public sealed interface ConnectionChange {

    AgentConnection connection();

    /** It is open: written, or written anew. */
    record Put(AgentConnection connection) implements ConnectionChange {}

    /** It is closed: removed. */
    record Remove(AgentConnection connection) implements ConnectionChange {}

    /**
     * It is closed: kept for a day among those that are.
     *
     * @param recorded whether there is a record of it as open, to be removed
     */
    record End(EndedConnection ended, boolean recorded) implements ConnectionChange {
        @Override
        public AgentConnection connection() {
            return ended.connection();
        }
    }
}
