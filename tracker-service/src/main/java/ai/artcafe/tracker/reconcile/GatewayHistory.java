package ai.artcafe.tracker.reconcile;

import ai.artcafe.model.identity.TenantId;
import ai.artcafe.model.usage.Traffic;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** What was told of the gateways in the last looks, as far back as readings may be late. */
final class GatewayHistory {

    private final Duration patience;
    private final Map<TenantId, Deque<GatewayCheck.Told>> tenants = new HashMap<>();

    GatewayHistory(Duration patience) {
        this.patience = patience;
    }

    /** Checks what is told now against what was told before; nothing follows before that. */
    GatewayCheck.Outcome check(
            TenantId tenant,
            Map<String, Traffic> claimed,
            Map<String, GatewayBalance> even,
            GatewayCheck.Told now) {
        if (now.gateways().isEmpty()) {
            tenants.remove(tenant);
            return new GatewayCheck.Outcome(List.of(), even);
        }
        Deque<GatewayCheck.Told> past = tenants.computeIfAbsent(tenant, _ -> new ArrayDeque<>());
        GatewayCheck.Told before = past.peekLast();
        past.addLast(now);
        GatewayCheck.Told longAgo = past.peekFirst();
        for (GatewayCheck.Told next = longAgo;
                next != null && !next.at().isAfter(now.at().minus(patience)); ) {
            longAgo = past.peekFirst();
            past.removeFirst();
            next = past.peekFirst();
        }
        if (before == null || longAgo == null || longAgo.at().isAfter(now.at().minus(patience))) {
            return new GatewayCheck.Outcome(List.of(), even);
        }
        past.addFirst(longAgo);
        return GatewayCheck.check(claimed, even, longAgo, before, now);
    }
}
