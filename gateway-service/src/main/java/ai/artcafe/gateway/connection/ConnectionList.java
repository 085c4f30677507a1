package ai.artcafe.gateway.connection;

import java.util.List;
import java.util.Optional;

/**
 * A part of the tenant's open connections.
 *
 * @param doors those whose connections are in the list: {@code nats} is not while no NATS server
 *     answers
 * @param nextCursor where to go on; absent at the end
 */
record ConnectionList(
        List<ConnectionView> items, List<String> doors, Optional<String> nextCursor) {}
