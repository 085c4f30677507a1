package ai.artcafe.metrics.presence;

import ai.artcafe.metrics.answer.Answer;
import ai.artcafe.metrics.tier.LockedFeature;
import ai.artcafe.model.identity.TenantId;
import ai.artcafe.model.plan.Tier;
import ai.artcafe.model.presence.PresenceStatus;
import com.fasterxml.jackson.annotation.JsonInclude;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Who is there.
 *
 * @param asOf up to when a tracker has heard the agents, {@code null} when none ever did
 * @param completeThrough up to when every source of connections has been read, {@code null} as long
 *     as nothing is known
 * @param stale whether this is how it was at {@code asOf} and may be different now; left out when
 *     not
 * @param counts agents by status, those that left within the tier's retention among them; {@code
 *     null} when no tracker ever heard any
 * @param clients a page of them in the order of their ids, or the one that was asked for
 * @param changes the tenant's latest changes, the latest first; on the first page
 * @param nextCursor where the list goes on: the clients, or the history of one
 * @param locked what of it the tier does not show
 */
public record PresenceAnswer(
        TenantId tenantId,
        Tier tier,
        @JsonInclude(JsonInclude.Include.ALWAYS) Optional<Instant> asOf,
        @JsonInclude(JsonInclude.Include.ALWAYS) Optional<Instant> completeThrough,
        @JsonInclude(JsonInclude.Include.NON_DEFAULT) boolean stale,
        @JsonInclude(JsonInclude.Include.ALWAYS) Optional<Counts> counts,
        List<ClientPresence> clients,
        Optional<List<ChangeView>> changes,
        Optional<String> nextCursor,
        List<LockedFeature> locked)
        implements Answer<PresenceAnswer> {

    public PresenceAnswer {
        clients = List.copyOf(clients);
        locked = List.copyOf(locked);
    }

    /** Agents by status. */
    public record Counts(long online, long degraded, long unhealthy, long offline) {

        public static Counts of(Map<PresenceStatus, Long> counts) {
            return new Counts(
                    counts.getOrDefault(PresenceStatus.ONLINE, 0L),
                    counts.getOrDefault(PresenceStatus.DEGRADED, 0L),
                    counts.getOrDefault(PresenceStatus.UNHEALTHY, 0L),
                    counts.getOrDefault(PresenceStatus.OFFLINE, 0L));
        }
    }

    @Override
    public PresenceAnswer asStale() {
        return new PresenceAnswer(
                tenantId,
                tier,
                asOf,
                completeThrough,
                true,
                counts,
                clients,
                changes,
                nextCursor,
                locked);
    }

    @Override
    public int rows() {
        return 1
                + clients.size()
                + changes.map(List::size).orElse(0)
                + clients.stream()
                        .mapToInt(client -> client.history().map(List::size).orElse(0))
                        .sum();
    }
}
