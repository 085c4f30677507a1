package ai.artcafe.metrics.usage.export;

import ai.artcafe.model.identity.Attribution;
import java.util.List;
import java.util.Optional;

/**
 * Some of the rows, in their order.
 *
 * @param last the owner up to whom these are; empty in files by tenant
 */
record Part(List<UsageRow> rows, Optional<Attribution> last) {

    Part {
        rows = List.copyOf(rows);
    }
}
