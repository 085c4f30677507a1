package ai.artcafe.tracker.ledger.store;

import ai.artcafe.model.identity.TenantId;
import ai.artcafe.tracker.ledger.LedgerArchive;
import ai.artcafe.tracker.ledger.LedgerState;
import io.quarkus.arc.DefaultBean;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Optional;

/** Has nothing: every tenant begins anew. */
@ApplicationScoped
@DefaultBean
public class NoArchive implements LedgerArchive {

    @Override
    public Optional<LedgerState> load(TenantId tenant) {
        return Optional.empty();
    }
}
