package ai.artcafe.tracker.recovery.store;

import ai.artcafe.model.identity.Attribution;
import ai.artcafe.model.identity.TenantId;
import ai.artcafe.model.key.UsageFields;
import ai.artcafe.model.key.UsageKeys;
import ai.artcafe.model.usage.ConnectionKey;
import ai.artcafe.model.usage.Counters;
import ai.artcafe.runtime.store.Item;
import ai.artcafe.tracker.ledger.store.Position;
import ai.artcafe.tracker.rollup.SessionItem;
import ai.artcafe.tracker.rollup.Times;
import java.time.Instant;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/** Connections' items, read back as positions. */
final class SessionItems {

    /** What of the ledger's facts tells up to when closed connections of a source were dropped. */
    private static final String SETTLED = "settled:";

    private SessionItems() {}

    /** One connection and where the ledger was with it. */
    record Session(ConnectionKey connection, Position position) {

        /**
         * Whether the ledger still has it: not when it was dropped, for then readings from as long
         * ago are refused.
         */
        boolean isNeeded(Map<String, String> meta) {
            String settled = meta.get(SETTLED + connection.source().key());
            return position.state() != Position.State.CLOSED
                    || settled == null
                    || position.closedAt()
                            .map(at -> at.toEpochMilli() > Long.parseLong(settled))
                            .orElse(true);
        }
    }

    /**
     * All of an agent that are open, or have been written since.
     *
     * @param oldest when that was
     */
    static Stream<Session> read(
            DynamoCalls calls, TenantId tenant, Attribution agent, Instant oldest) {
        return calls.beginning(
                        UsageKeys.client(tenant, agent),
                        UsageKeys.SESSIONS,
                        Map.of(
                                ":tenant", AttributeValue.fromS(tenant.value()),
                                ":open", AttributeValue.fromS(Position.State.OPEN.id()),
                                ":oldest", AttributeValue.fromS(Times.format(oldest))),
                        request ->
                                request.filterExpression(
                                                "tenant_id = :tenant"
                                                        + " AND (#state = :open"
                                                        + " OR updated_at >= :oldest)")
                                        .expressionAttributeNames(
                                                Map.of("#state", SessionItem.STATE)))
                .map(item -> session(agent, item));
    }

    private static Session session(Attribution agent, Item item) {
        ConnectionKey connection =
                ConnectionKey.parse(
                                item.requiredText(SessionItem.SOURCE)
                                        + "/"
                                        + item.requiredText(SessionItem.CONNECTION_ID))
                        .orElseThrow(() ->
                                new IllegalStateException("not a session: " + item.text("sk")));
        Position.State state =
                Position.State.valueOf(
                        item.requiredText(SessionItem.STATE).toUpperCase(Locale.ROOT));
        return new Session(
                connection,
                new Position(
                        state,
                        item.time(SessionItem.OPENED_AT).orElseThrow(),
                        // one that was lost and is back still has when it was lost
                        item.time(SessionItem.CLOSED_AT).filter(_ -> state != Position.State.OPEN),
                        agent,
                        new Counters(
                                item.number(UsageFields.PUBLISHED),
                                item.number(UsageFields.PUBLISHED_BYTES),
                                item.number(UsageFields.DELIVERED),
                                item.number(UsageFields.DELIVERED_BYTES),
                                item.number(UsageFields.CONTROL),
                                item.number(UsageFields.CONTROL_BYTES))));
    }
}
