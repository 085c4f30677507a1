package ai.artcafe.tracker.recovery.store;

import ai.artcafe.model.identity.TenantId;
import ai.artcafe.model.key.Table;
import ai.artcafe.model.key.UsageKeys;
import ai.artcafe.runtime.store.Item;
import ai.artcafe.tracker.ledger.LedgerArchive;
import ai.artcafe.tracker.ledger.LedgerState;
import ai.artcafe.tracker.ledger.LedgerUnavailableException;
import ai.artcafe.tracker.ledger.store.LedgerConfig;
import ai.artcafe.tracker.rollup.RollupConfig;
import ai.artcafe.tracker.rollup.UsageJournal;
import com.fasterxml.jackson.databind.ObjectMapper;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.jboss.logging.Logger;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;

/**
 * The ledger as {@link Table#USAGE_METRICS} holds it. Before a tenant is read, its journal is
 * completed and sealed: whoever read the lost ledger and has yet to write what it read can no
 * longer, so that what is read here is what is there until Redis is back.
 */
@ApplicationScoped
public class DynamoLedgerArchive implements LedgerArchive {

    private static final Logger LOG = Logger.getLogger(DynamoLedgerArchive.class);

    private final DynamoCalls calls;
    private final UsageJournal journal;
    private final RollupConfig rollup;
    private final LedgerConfig ledger;
    private final ObjectMapper json;
    private final Clock clock;

    @Inject
    public DynamoLedgerArchive(
            DynamoDbClient dynamoDb,
            UsageJournal journal,
            RollupConfig rollup,
            LedgerConfig ledger,
            ObjectMapper json,
            Clock clock) {
        this.calls = new DynamoCalls(dynamoDb, Table.USAGE_METRICS);
        this.journal = journal;
        this.rollup = rollup;
        this.ledger = ledger;
        this.json = json;
        this.clock = clock;
    }

    @Override
    public Optional<LedgerState> load(TenantId tenant) {
        try {
            return DynamoCalls.reading("tenant " + tenant, () -> read(tenant));
        } catch (LedgerUnavailableException e) {
            throw e;
        } catch (RuntimeException e) {
            LOG.errorf(e, "Ledger in DynamoDB not understood: tenant=%s", tenant);
            throw new LedgerUnavailableException("DynamoDB not understood: " + e.getMessage(), e);
        }
    }

    private Optional<LedgerState> read(TenantId tenant) {
        long begun = System.nanoTime();
        Instant now = clock.instant();
        journal.seal(tenant, now);
        Optional<Item> own = calls.get(UsageKeys.tenant(tenant), UsageKeys.LEDGER);
        if (own.isEmpty()) {
            return Optional.empty();
        }
        TenantArchive archive =
                new TenantArchive(calls, tenant, own.get(), json, rollup.concurrency());
        LedgerState state =
                archive.read(now, now.minus(ledger.detailLife()), now.minus(ledger.monthLife()));
        LOG.infof(
                "Ledger read from DynamoDB: tenant=%s totals=%d positions=%d duration_ms=%d",
                tenant,
                state.totals().size(),
                state.positions().size(),
                Duration.ofNanos(System.nanoTime() - begun).toMillis());
        return Optional.of(state);
    }
}
