package ai.artcafe.stack.demo;

import ai.artcafe.model.identity.AgentId;
import java.io.IOException;

/** A simulated agent, at one of the two doors. */
sealed interface DemoAgent permits WebSocketAgent, NatsAgent {

    AgentId id();

    /** Registers its key, once. */
    void register(GatewayApi gateway);

    /**
     * A new connection.
     *
     * @throws IOException when it is refused, or nobody answers
     */
    Session connect() throws IOException, InterruptedException;

    /** One connection of an agent. */
    interface Session extends AutoCloseable {

        boolean isOpen();

        /**
         * Tells that it lives.
         *
         * @param state fields of a JSON object: status, version, metrics
         */
        void heartbeat(String state);

        /** Says something on a subject relative to the tenant. */
        void publish(String subject, String json);

        /** Asks whoever listens to the subject, and does not wait for the answer. */
        void ask(String subject, String json);

        @Override
        void close();
    }
}
