package ai.artcafe.metrics.analytics;

import ai.artcafe.metrics.flow.Percentiles;
import ai.artcafe.metrics.store.StatusArchive;
import ai.artcafe.model.flow.FlowSpan;
import ai.artcafe.model.identity.AgentId;
import ai.artcafe.model.identity.TenantId;
import ai.artcafe.runtime.status.AgentRequests;
import ai.artcafe.runtime.status.RequestActivity;
import ai.artcafe.runtime.status.RequestParty;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * One agent's requests through gateways.
 *
 * @param to the first instant after the hours that they are of
 * @param answering requests to it; left out where there was none
 * @param asking requests by it, whoever answered; left out where there was none
 */
public record ClientRequests(
        Instant from, Instant to, Optional<Part> answering, Optional<Part> asking) {

    private static final Duration AT_MOST = Duration.ofDays(1);

    /**
     * @param timedOut without a reply in time, or with nobody there
     * @param failed not taken by NATS
     * @param responseMs how long the replies took
     */
    public record Part(
            long requests,
            long answered,
            long timedOut,
            long failed,
            Optional<Percentiles> responseMs) {}

    /** Of the last whole hours of a range, up to a day of them. */
    static ClientRequests read(
            StatusArchive archive,
            TenantId tenant,
            AgentId agent,
            AnalyticsRange range,
            Instant now) {
        Instant to = FlowSpan.HOUR.start(range.completeTo(now));
        Instant from = later(range.from(), to.minus(AT_MOST));
        List<AgentRequests> requests =
                from.isBefore(to) ? archive.requests(tenant, from, to.minusNanos(1)) : List.of();
        return new ClientRequests(
                from,
                to,
                part(requests, RequestParty.answering(tenant, agent)),
                part(requests, RequestParty.asking(tenant, agent)));
    }

    private static Optional<Part> part(List<AgentRequests> requests, RequestParty party) {
        RequestActivity sum =
                requests.stream()
                        .filter(one -> one.party().equals(party))
                        .map(AgentRequests::activity)
                        .reduce(RequestActivity.NONE, RequestActivity::plus);
        return sum.requests() == 0
                ? Optional.empty()
                : Optional.of(
                        new Part(
                                sum.requests(),
                                sum.answered(),
                                sum.timedOut(),
                                sum.failed(),
                                Percentiles.of(sum.millis())));
    }

    private static Instant later(Instant one, Instant other) {
        return one.isAfter(other) ? one : other;
    }
}
