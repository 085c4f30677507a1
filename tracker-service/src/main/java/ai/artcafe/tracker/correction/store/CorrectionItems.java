package ai.artcafe.tracker.correction.store;

import ai.artcafe.model.identity.AgentId;
import ai.artcafe.model.identity.TenantId;
import ai.artcafe.model.key.Table;
import ai.artcafe.model.key.UsageKeys;
import ai.artcafe.model.usage.BillingPeriod;
import ai.artcafe.model.usage.Traffic;
import ai.artcafe.runtime.store.Item;
import ai.artcafe.tracker.correction.Correction;
import ai.artcafe.tracker.correction.CorrectionId;
import ai.artcafe.tracker.correction.Proposal;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/** A correction as an item; times are RFC 3339. */
final class CorrectionItems {

    static final String STATE = "state";

    private static final String TENANT_ID = "tenant_id";
    private static final String CORRECTION_ID = "correction_id";
    private static final String AGENT_ID = "agent_id";
    private static final String PERIOD_START = "period_start";
    private static final String MESSAGES = "messages";
    private static final String BYTES = "bytes";
    private static final String REASON = "reason";
    private static final String PROPOSED_BY = "proposed_by";
    private static final String PROPOSED_AT = "proposed_at";
    private static final String DECIDED_BY = "decided_by";
    private static final String DECIDED_AT = "decided_at";
    private static final String BOOKED_AT = "booked_at";

    private CorrectionItems() {}

    /** A correction on which nothing has been decided. */
    static Map<String, AttributeValue> write(Correction correction) {
        Proposal proposal = correction.proposal();
        Map<String, AttributeValue> item =
                new HashMap<>(
                        Item.key(
                                Table.USAGE_METRICS,
                                UsageKeys.tenant(proposal.id().tenant()),
                                UsageKeys.correction(proposal.id().id())));
        item.put(TENANT_ID, AttributeValue.fromS(proposal.id().tenant().value()));
        item.put(CORRECTION_ID, AttributeValue.fromS(proposal.id().id()));
        proposal.agent()
                .ifPresent(agent -> item.put(AGENT_ID, AttributeValue.fromS(agent.value())));
        item.put(PERIOD_START, AttributeValue.fromS(proposal.period().start().toString()));
        item.put(MESSAGES, number(proposal.amount().messages()));
        item.put(BYTES, number(proposal.amount().bytes()));
        item.put(REASON, AttributeValue.fromS(proposal.reason()));
        item.put(PROPOSED_BY, AttributeValue.fromS(proposal.by()));
        item.put(PROPOSED_AT, AttributeValue.fromS(proposal.at().toString()));
        item.put(STATE, AttributeValue.fromS(correction.state().id()));
        return item;
    }

    static Correction read(Item item) {
        return new Correction(
                new Proposal(
                        new CorrectionId(
                                new TenantId(item.requiredText(TENANT_ID)),
                                item.requiredText(CORRECTION_ID)),
                        item.text(AGENT_ID).map(AgentId::new),
                        new BillingPeriod(Instant.parse(item.requiredText(PERIOD_START))),
                        new Traffic(item.number(MESSAGES), item.number(BYTES)),
                        item.requiredText(REASON),
                        item.requiredText(PROPOSED_BY),
                        Instant.parse(item.requiredText(PROPOSED_AT))),
                Correction.State.of(item.requiredText(STATE)),
                item.text(DECIDED_BY)
                        .flatMap(by ->
                                item.time(DECIDED_AT)
                                        .map(at -> new Correction.Decision(by, at))),
                item.time(BOOKED_AT));
    }

    private static AttributeValue number(long value) {
        return AttributeValue.fromN(Long.toString(value));
    }
}
