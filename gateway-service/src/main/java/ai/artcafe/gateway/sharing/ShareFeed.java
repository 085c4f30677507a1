package ai.artcafe.gateway.sharing;

import ai.artcafe.gateway.GatewayIdentity;
import ai.artcafe.gateway.limit.MessageRates;
import ai.artcafe.gateway.limit.RecentIds;
import ai.artcafe.gateway.quota.Quotas;
import ai.artcafe.gateway.telemetry.GatewayMeters;
import ai.artcafe.model.identity.AgentId;
import ai.artcafe.model.identity.TenantId;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.enterprise.context.ApplicationScoped;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import org.eclipse.microprofile.reactive.messaging.Incoming;
import org.jboss.logging.Logger;

/** Takes in what the other gateways tell. */
@ApplicationScoped
class ShareFeed {

    private static final Logger LOG = Logger.getLogger(ShareFeed.class);

    private final GatewayIdentity gateway;
    private final MessageRates rates;
    private final RecentIds recentIds;
    private final Quotas quotas;
    private final ObjectMapper json;
    private final GatewayMeters meters;

    ShareFeed(
            GatewayIdentity gateway,
            MessageRates rates,
            RecentIds recentIds,
            Quotas quotas,
            ObjectMapper json,
            GatewayMeters meters) {
        this.gateway = gateway;
        this.rates = rates;
        this.recentIds = recentIds;
        this.quotas = quotas;
        this.json = json;
        this.meters = meters;
    }

    /** A throwable that leaves this method would be swallowed without a word. */
    @Incoming("limit-shares-heard")
    @RunOnVirtualThread
    void take(List<byte[]> payloads) {
        for (byte[] payload : payloads) {
            try {
                take(json.readValue(payload, LimitShare.class));
            } catch (IOException | RuntimeException e) {
                meters.shared(GatewayMeters.NOT_UNDERSTOOD);
                LOG.warnf(
                        "what another gateway told was not understood bytes=%d reason=%s",
                        payload.length, e.getClass().getSimpleName());
            }
        }
    }

    private void take(LimitShare share) {
        if (share.version() != LimitShare.VERSION) {
            meters.shared(GatewayMeters.NOT_UNDERSTOOD);
            return;
        }
        if (share.gatewayId().equals(gateway.id()) && share.epoch() == gateway.epoch()) {
            return; // the bus brings back what we tell
        }
        share.ids()
                .forEach((agent, ids) -> {
                    AgentId known = new AgentId(agent);
                    ids.forEach(id -> recentIds.add(known, id));
                });
        positive(share.agents())
                .forEach(used -> rates.agentUsedElsewhere(used.getKey(), used.getValue()));
        positive(share.tenants())
                .forEach(used -> {
                    rates.tenantUsedElsewhere(used.getKey(), used.getValue());
                    quotas.usedElsewhere(new TenantId(used.getKey()), used.getValue());
                });
        meters.shared(GatewayMeters.HEARD);
    }

    private static List<Map.Entry<String, Long>> positive(Map<String, Long> used) {
        return used.entrySet().stream().filter(entry -> entry.getValue() > 0).toList();
    }
}
