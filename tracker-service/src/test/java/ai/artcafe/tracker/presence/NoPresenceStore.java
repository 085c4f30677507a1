package ai.artcafe.tracker.presence;

import ai.artcafe.model.identity.AgentId;
import ai.artcafe.model.identity.TenantId;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Keeps nothing. */
final class NoPresenceStore implements PresenceStore {

    @Override
    public Instant heard(Instant now, boolean listening) {
        return now;
    }

    @Override
    public Evaluated evaluate(
            TenantId tenant,
            Map<AgentId, Facts> facts,
            Instant now,
            Instant heardSince,
            Duration forgetAfter) {
        return new Evaluated(Optional.empty(), 0, 0, 0, 0);
    }

    @Override
    public Collection<TenantId> takeDue(Instant now) {
        return List.of();
    }

    @Override
    public void schedule(TenantId tenant, Evaluated evaluated) {}

    @Override
    public Collection<TenantId> tenants() {
        return List.of();
    }

    @Override
    public boolean isComplete() {
        return true;
    }

    @Override
    public void complete() {}

    @Override
    public Map<AgentId, Facts> strays(TenantId tenant) {
        return Map.of();
    }

    @Override
    public Collection<TenantId> takeChanged() {
        return List.of();
    }

    @Override
    public void changed(TenantId tenant) {}

    @Override
    public Changes unwritten(TenantId tenant) {
        return new Changes(List.of(), "", 0);
    }

    @Override
    public void written(TenantId tenant, Changes changes) {}
}
