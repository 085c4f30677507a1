package ai.artcafe.gateway.sharing;

import java.util.List;
import java.util.Map;

/**
 * What a gateway tells the others on {@link
 * ai.artcafe.model.subject.PlatformSubjects#SHARED_LIMITS}, as JSON. It is sent once.
 *
 * @param version of this form; what is of another is not understood
 * @param gatewayId who tells
 * @param epoch when its run began, in epoch milliseconds
 * @param agents messages of each agent that it has let through since the last batch
 * @param tenants the same of each tenant
 * @param ids the ids that agents have published since the last batch
 */
record LimitShare(
        int version,
        String gatewayId,
        long epoch,
        Map<String, Long> agents,
        Map<String, Long> tenants,
        Map<String, List<String>> ids) {

    static final int VERSION = 1;

    LimitShare {
        agents = Map.copyOf(agents);
        tenants = Map.copyOf(tenants);
        ids = Map.copyOf(ids);
    }
}
