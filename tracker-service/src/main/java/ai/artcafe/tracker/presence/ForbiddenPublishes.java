package ai.artcafe.tracker.presence;

import ai.artcafe.model.flow.ErrorSignal;
import ai.artcafe.model.identity.TenantId;
import ai.artcafe.runtime.store.StoreAwayException;
import ai.artcafe.tracker.reconcile.Refusals;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.util.Map;
import org.jboss.logging.Logger;

/** Counts what servers refused among the errors of the minute in which that came out. */
@ApplicationScoped
public class ForbiddenPublishes implements Refusals {

    private static final Logger LOG = Logger.getLogger(ForbiddenPublishes.class);

    private final ErrorCounts errors;

    public ForbiddenPublishes(ErrorCounts errors) {
        this.errors = errors;
    }

    /** The bill does not hang on it: what cannot be told is left out. */
    @Override
    public void refused(TenantId tenant, Instant at, long messages) {
        try {
            errors.add(tenant, at, Map.of(ErrorSignal.FORBIDDEN.id(), messages));
        } catch (StoreAwayException away) {
            LOG.debugf(
                    "Refused publishes not told: tenant=%s reason=%s", tenant, away.getMessage());
        }
    }
}
