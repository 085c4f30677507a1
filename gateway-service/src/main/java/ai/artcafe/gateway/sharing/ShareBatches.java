package ai.artcafe.gateway.sharing;

import ai.artcafe.gateway.GatewayIdentity;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Parts what is to be told into messages of a bounded size. */
final class ShareBatches {

    /** Quotes, digits and commas of one entry, at most. */
    private static final int ENTRY_BYTES = 32;

    private final GatewayIdentity gateway;
    private final int messageBytes;
    private final List<LimitShare> batches = new ArrayList<>();
    private Map<String, Long> agents = new HashMap<>();
    private Map<String, Long> tenants = new HashMap<>();
    private Map<String, List<String>> ids = new HashMap<>();
    private long bytes;

    private ShareBatches(GatewayIdentity gateway, int messageBytes) {
        this.gateway = gateway;
        this.messageBytes = messageBytes;
    }

    /**
     * @param usedByAgents messages of each agent
     * @param usedByTenants messages of each tenant
     */
    static List<LimitShare> of(
            GatewayIdentity gateway,
            Map<String, Long> usedByAgents,
            Map<String, Long> usedByTenants,
            List<PublishedIds.Published> published,
            int messageBytes) {
        ShareBatches batches = new ShareBatches(gateway, messageBytes);
        usedByAgents.forEach((agent, messages) -> {
            batches.room(agent.length());
            batches.agents.put(agent, messages);
        });
        usedByTenants.forEach((tenant, messages) -> {
            batches.room(tenant.length());
            batches.tenants.put(tenant, messages);
        });
        for (PublishedIds.Published each : published) {
            // an id is printable ASCII, of which JSON escapes some with a second character
            batches.room(each.agent().value().length() + 2 * each.id().length());
            batches.ids
                    .computeIfAbsent(each.agent().value(), _ -> new ArrayList<>())
                    .add(each.id());
        }
        batches.end();
        return batches.batches;
    }

    private void room(int characters) {
        int more = characters + ENTRY_BYTES;
        if (bytes + more > messageBytes) {
            end();
        }
        bytes += more;
    }

    private void end() {
        if (bytes > 0) {
            batches.add(
                    new LimitShare(
                            LimitShare.VERSION,
                            gateway.id(),
                            gateway.epoch(),
                            agents,
                            tenants,
                            ids));
            agents = new HashMap<>();
            tenants = new HashMap<>();
            ids = new HashMap<>();
            bytes = 0;
        }
    }
}
