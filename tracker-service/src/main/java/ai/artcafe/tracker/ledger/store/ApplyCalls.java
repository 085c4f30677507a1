package ai.artcafe.tracker.ledger.store;

import ai.artcafe.model.identity.Attribution;
import ai.artcafe.model.usage.Period;
import ai.artcafe.tracker.ledger.ControlCount;
import ai.artcafe.tracker.ledger.Observed;
import ai.artcafe.tracker.ledger.TenantBatch;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Splits batches into runs of {@code apply.lua}: one hour each, not too many readings, and an
 * agent's control counts with its latest readings.
 */
final class ApplyCalls {

    private final LedgerConfig config;
    private final BookingTime.Rules rules;
    private final LedgerJson json;

    ApplyCalls(LedgerConfig config, BookingTime.Rules rules, LedgerJson json) {
        this.config = config;
        this.rules = rules;
        this.json = json;
    }

    private static final class Share {
        private final List<Observed> readings = new ArrayList<>();
        private final List<ControlCount> control = new ArrayList<>();
    }

    /** In the order in which they have to run; at least one. */
    List<ApplyCall> of(TenantBatch batch) {
        SortedMap<BookingTime, Map<Attribution, Share>> times = new TreeMap<>();
        Map<Attribution, BookingTime> latest = new HashMap<>();
        for (Observed observed : batch.readings()) {
            Attribution agent = observed.reading().agent();
            BookingTime time = rules.at(observed.at(), batch.at());
            share(times, time, agent).readings.add(observed);
            if (time.late().isEmpty()) {
                latest.merge(agent, time, (a, b) -> a.compareTo(b) > 0 ? a : b);
            }
        }
        BookingTime current = new BookingTime(Period.HOURLY.start(batch.at()), Optional.empty());
        for (ControlCount count : batch.control()) {
            share(times, latest.getOrDefault(count.agent(), current), count.agent())
                    .control
                    .add(count);
        }
        List<ApplyCall> calls = new ArrayList<>();
        times.forEach((time, agents) -> addCalls(calls, batch, time, agents));
        if (calls.isEmpty()) {
            calls.add(call(new ApplyCall.Part(current), batch));
        }
        return calls;
    }

    private static Share share(
            Map<BookingTime, Map<Attribution, Share>> times, BookingTime time, Attribution agent) {
        return times.computeIfAbsent(time, _ -> new LinkedHashMap<>())
                .computeIfAbsent(agent, _ -> new Share());
    }

    private void addCalls(
            List<ApplyCall> calls,
            TenantBatch batch,
            BookingTime time,
            Map<Attribution, Share> agents) {
        ApplyCall.Part part = new ApplyCall.Part(time);
        for (Share share : agents.values()) {
            for (Observed observed : share.readings) {
                if (part.size() >= config.readingsPerScript()) {
                    calls.add(call(part, batch));
                    part = new ApplyCall.Part(time);
                }
                part.add(observed);
            }
            part.addAll(share.control);
        }
        calls.add(call(part, batch));
    }

    private ApplyCall call(ApplyCall.Part part, TenantBatch batch) {
        Instant now = batch.at();
        return part.call(batch.tenant(), now, config, json);
    }
}
