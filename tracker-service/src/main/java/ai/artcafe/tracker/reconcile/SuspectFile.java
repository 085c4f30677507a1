package ai.artcafe.tracker.reconcile;

import ai.artcafe.model.identity.AgentId;
import ai.artcafe.model.identity.ConnectionOwner;
import ai.artcafe.model.identity.Slot;
import ai.artcafe.model.identity.TenantId;
import ai.artcafe.tracker.ledger.Sums;
import ai.artcafe.tracker.reading.Suspect;
import ai.artcafe.tracker.reading.Suspects;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * Which connections that were ended by their servers are yet to be explained, and for which an
 * agent has had its strike.
 */
final class SuspectFile {

    private final Suspects suspects;
    private final Set<Suspect> explained = new HashSet<>();
    private final Set<Suspect> struck = new HashSet<>();
    private volatile Set<Suspect> looked = Set.of();
    private final Set<TenantId> known = new HashSet<>();

    SuspectFile(Suspects suspects) {
        this.suspects = suspects;
    }

    /** Whether a client has broken the protocol since the last round looked at them. */
    boolean hasBreach() {
        return suspects.since(Instant.EPOCH).stream()
                .anyMatch(suspect -> suspect.mayHaveHidden() && !looked.contains(suspect));
    }

    /** Those that no settled window has explained. */
    List<Suspect> fresh() {
        List<Suspect> all = suspects.since(Instant.EPOCH);
        explained.retainAll(all);
        struck.retainAll(all);
        looked = Set.copyOf(all);
        return all.stream().filter(suspect -> !explained.contains(suspect)).toList();
    }

    /** Those of a tenant, or of its slot when it is not known whose they are. */
    static List<Suspect> of(TenantId tenant, Slot slot, List<Suspect> suspects) {
        return suspects.stream()
                .filter(suspect ->
                        suspect.owner()
                                .map(owner -> owner.tenant().equals(tenant))
                                .orElseGet(() -> suspect.slot().filter(slot::equals).isPresent()))
                .toList();
    }

    /** Another tracker may have booked something in this window: what it knew is not new. */
    void remember(TenantId tenant, Sums sums, List<Suspect> ended) {
        if (!known.add(tenant)) {
            return;
        }
        for (Suspect suspect : ended) {
            if (suspect.owner().orElse(null) instanceof ConnectionOwner.Agent(var _, AgentId agent)
                    && sums.claimed().containsKey(WindowCheck.hidden(sums) + agent)) {
                struck.add(suspect);
            }
        }
    }

    boolean isNew(Suspect suspect) {
        return !struck.contains(suspect);
    }

    void struck(List<Suspect> ended) {
        struck.addAll(ended);
    }

    void settled(List<Suspect> ended) {
        explained.addAll(ended);
    }
}
