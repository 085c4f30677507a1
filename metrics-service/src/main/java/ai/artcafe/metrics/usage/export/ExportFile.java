package ai.artcafe.metrics.usage.export;

import ai.artcafe.metrics.store.Freshness;
import ai.artcafe.metrics.usage.Amount;
import java.util.Optional;

/**
 * A file as it can be had now.
 *
 * @param freshness how far the ledger was before anything else was read
 * @param tag its strong entity tag without quotes: the same for the same bytes only; empty while
 *     something of its time is not settled
 * @param ledger what the tenant has in all of its time
 */
record ExportFile(ExportPlan plan, Freshness freshness, Optional<String> tag, Amount ledger) {

    /** The tag as headers have it. */
    Optional<String> quotedTag() {
        return tag.map(value -> '"' + value + '"');
    }
}
