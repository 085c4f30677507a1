package ai.artcafe.metrics.status;

import ai.artcafe.metrics.store.LiveStatus;
import ai.artcafe.metrics.store.StatusArchive;
import ai.artcafe.model.flow.FlowSpan;
import ai.artcafe.model.identity.TenantId;
import ai.artcafe.runtime.status.AgentRequests;
import ai.artcafe.runtime.status.KeptMinutes;
import ai.artcafe.runtime.status.RequestActivity;
import ai.artcafe.runtime.status.RequestParty;
import ai.artcafe.runtime.status.ServiceActivity;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Reads what answers are made of; throws what says that a store is away. */
@ApplicationScoped
class StatusReader {

    private final LiveStatus live;
    private final StatusArchive archive;

    StatusReader(LiveStatus live, StatusArchive archive) {
        this.live = live;
        this.archive = archive;
    }

    Live live(Window window) {
        return new Live(
                live.minutes(window.liveFrom(), window.now()), live.trackedAgents(window.now()));
    }

    /** Hours only. */
    Past pastDay(Window window) {
        return new Past(
                archive.summaries(
                        FlowSpan.HOUR, window.hours().getFirst(), window.lastArchivedHour()),
                Collections.emptySortedMap(),
                archive.firstMinute());
    }

    /** Hours and days. */
    Past past(Window window) {
        return new Past(
                archive.summaries(
                        FlowSpan.HOUR, window.hours().getFirst(), window.lastArchivedHour()),
                archive.summaries(FlowSpan.DAY, window.days().getFirst(), window.now()),
                archive.firstMinute());
    }

    /** What each service did in the period. */
    Map<String, ServiceActivity> services(Window window, StatusPeriod period, Live recent) {
        return switch (period) {
            case HOUR -> recent.since(window.lastHourFrom());
            case DAY -> {
                List<Map<String, ServiceActivity>> parts =
                        new ArrayList<>(
                                archive.hours(
                                        window.hours().getFirst(), window.lastArchivedHour()));
                parts.add(recent.since(window.openFrom()));
                yield KeptMinutes.inSequence(parts);
            }
        };
    }

    /** The requests of the tenant's agents in the period. */
    Map<RequestParty, RequestActivity> requests(
            Window window, StatusPeriod period, TenantId tenant) {
        return switch (period) {
            case HOUR -> live.requests(tenant, window.lastHourFrom(), window.now());
            case DAY -> {
                Map<RequestParty, RequestActivity> all =
                        new HashMap<>(live.requests(tenant, window.openFrom(), window.now()));
                for (AgentRequests each :
                        archive.requests(
                                tenant, window.hours().getFirst(), window.lastArchivedHour())) {
                    all.merge(each.party(), each.activity(), RequestActivity::plus);
                }
                yield all;
            }
        };
    }
}
