package ai.artcafe.tracker.flow;

import ai.artcafe.model.flow.Flow;
import ai.artcafe.model.flow.FlowPoint;
import ai.artcafe.model.identity.Attribution;
import ai.artcafe.model.identity.TenantId;
import ai.artcafe.model.plan.Tier;
import ai.artcafe.model.usage.Traffic;
import java.util.Map;

/**
 * A minute of a tenant that is over, all trackers' shares merged.
 *
 * @param point its numbers
 * @param agents what each agent published, by the ledger
 */
public record FlowMinute(
        TenantId tenant, Tier tier, FlowPoint point, Flow flow, Map<Attribution, Traffic> agents) {

    public FlowMinute {
        agents = Map.copyOf(agents);
    }
}
