package ai.artcafe.tracker.flow;

import ai.artcafe.model.flow.ErrorSignal;
import ai.artcafe.model.flow.Flow;
import ai.artcafe.model.identity.Attribution;
import ai.artcafe.model.identity.TenantId;
import ai.artcafe.model.usage.Traffic;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What the trackers, the ledger and the gateways have told of the minutes of the last hours.
 * Blocking; methods throw {@link ai.artcafe.runtime.store.StoreAwayException} when the store does
 * not answer.
 */
public interface FlowShares {

    /**
     * All of one minute.
     *
     * @param flows what each tracker's tap saw
     * @param unreadable how many trackers' shares could not be read
     * @param agents what each agent published, by the ledger
     */
    record Shares(
            List<Flow> flows,
            int unreadable,
            Map<Attribution, Traffic> agents,
            Map<ErrorSignal, Long> errors) {

        public Shares {
            flows = List.copyOf(flows);
            agents = Map.copyOf(agents);
            errors = Map.copyOf(errors);
        }
    }

    Shares minute(TenantId tenant, Instant minute);

    /** Up to when any tracker's tap has been told; empty when none ever was. */
    Optional<Instant> toldThrough();
}
