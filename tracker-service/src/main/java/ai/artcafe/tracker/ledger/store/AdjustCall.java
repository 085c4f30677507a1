package ai.artcafe.tracker.ledger.store;

import ai.artcafe.model.identity.Attribution;
import ai.artcafe.model.identity.TenantId;
import ai.artcafe.model.key.ReconciledFields;
import ai.artcafe.model.key.RedisKeys;
import ai.artcafe.model.usage.Adjustment;
import ai.artcafe.model.usage.Period;
import ai.artcafe.model.usage.Traffic;
import ai.artcafe.tracker.ledger.Claim;
import ai.artcafe.tracker.ledger.Window;
import io.vertx.mutiny.redis.client.Response;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** One run of {@code adjust.lua}: its keys and arguments, and what its answer means. */
final class AdjustCall {

    /** Messages, bytes, whether it was refused. */
    private static final int ANSWERS_PER_CLAIM = 3;

    private final TenantId tenant;
    private final Instant at;
    private final List<Claim> claims;
    private final Optional<Window> window;
    private final Map<Attribution, Integer> agents = new LinkedHashMap<>();

    AdjustCall(TenantId tenant, Instant at, Collection<Claim> claims, Optional<Window> window) {
        this.tenant = tenant;
        this.at = at;
        this.claims = List.copyOf(claims);
        this.window = window;
        claims.forEach(claim -> agents.putIfAbsent(claim.agent(), agents.size() + 1));
    }

    List<String> keys() {
        List<String> keys = new ArrayList<>();
        keys.add(LedgerKeys.meta(tenant));
        keys.add(RedisKeys.dirty(tenant));
        keys.add(RedisKeys.adjustments(tenant));
        keys.add(LedgerKeys.adjustmentAges(tenant));
        keys.add(RedisKeys.reconciledDay(tenant, at));
        TotalsKeys.addAgentSets(keys, tenant, at);
        TotalsKeys.addTenant(keys, tenant, at);
        TotalsKeys.addAgents(keys, tenant, agents.keySet(), at);
        return keys;
    }

    List<String> arguments(LedgerConfig config, LedgerJson json) {
        Arguments arguments =
                new Arguments()
                        .add(at)
                        .add(Period.HOURLY.label(at))
                        .add(Period.DAILY.label(at))
                        .add(config.detailLife())
                        .add(config.monthLife())
                        .add(window.map(ended -> Long.toString(ended.number())).orElse(""))
                        .add(window.map(Window::settledThrough).orElse(Instant.EPOCH));
        Map<String, Traffic> said = window.map(Window::said).orElse(Map.of());
        arguments.add(2 * said.size());
        said.forEach((name, traffic) ->
                arguments
                        .add(name + ReconciledFields.MESSAGES)
                        .add(traffic.messages())
                        .add(name + ReconciledFields.BYTES)
                        .add(traffic.bytes()));
        Map<String, String> base = window.map(Window::base).orElse(Map.of());
        arguments.add(base.size());
        base.forEach((name, text) -> arguments.add(name).add(text));
        arguments.add(agents.size());
        agents.keySet().forEach(agent -> arguments.add(agent.value()));
        arguments.add(claims.size());
        for (Claim claim : claims) {
            arguments
                    .add(agents.getOrDefault(claim.agent(), 0))
                    .add(claim.cause())
                    .add(claim.amount().messages())
                    .add(claim.amount().bytes())
                    .add(claim.strike())
                    .add(json.body(adjustment(claim, Traffic.NONE)));
        }
        return arguments.list();
    }

    /** Whether the claims, and the end of the window, were taken in at all. */
    static boolean wasTaken(Response answer) {
        return answer.size() > 0;
    }

    /** What was booked. */
    List<Adjustment> booked(Response answer) {
        List<Adjustment> booked = new ArrayList<>();
        for (int i = 0; i < claims.size(); i++) {
            int first = GlobalTotals.FIELDS + ANSWERS_PER_CLAIM * i;
            Traffic amount =
                    new Traffic(answer.get(first).toLong(), answer.get(first + 1).toLong());
            if (!amount.equals(Traffic.NONE)) {
                booked.add(adjustment(claims.get(i), amount));
            }
        }
        return booked;
    }

    /** The claims that would take off more than there is. */
    List<Claim> refused(Response answer) {
        List<Claim> refused = new ArrayList<>();
        for (int i = 0; i < claims.size(); i++) {
            if (answer.get(GlobalTotals.FIELDS + ANSWERS_PER_CLAIM * i + 2).toLong() == 1) {
                refused.add(claims.get(i));
            }
        }
        return refused;
    }

    private Adjustment adjustment(Claim claim, Traffic booked) {
        return new Adjustment(
                "%s/%d/%d"
                        .formatted(
                                claim.cause(), claim.amount().messages(), claim.amount().bytes()),
                claim.reason(),
                claim.agent(),
                booked,
                at,
                claim.from(),
                claim.to(),
                claim.period(),
                claim.evidence());
    }
}
