package ai.artcafe.metrics.status;

import ai.artcafe.metrics.status.AnalyticsAnswer.Overview;
import ai.artcafe.metrics.status.AnalyticsAnswer.SpanView;
import ai.artcafe.metrics.status.ApiStatusAnswer.AgentView;
import ai.artcafe.metrics.status.ApiStatusAnswer.EndpointView;
import ai.artcafe.metrics.status.ApiStatusAnswer.ServiceEndpoints;
import ai.artcafe.metrics.status.ApiStatusAnswer.TenantAgents;
import ai.artcafe.metrics.status.StatusAnswer.Content;
import ai.artcafe.metrics.status.StatusAnswer.RealTime;
import ai.artcafe.metrics.status.StatusAnswer.ServiceView;
import ai.artcafe.model.identity.AgentId;
import ai.artcafe.model.identity.TenantId;
import ai.artcafe.runtime.status.EndpointActivity;
import ai.artcafe.runtime.status.RequestActivity;
import ai.artcafe.runtime.status.RequestParty;
import ai.artcafe.runtime.status.ServiceActivity;
import ai.artcafe.runtime.status.SpanSummary;
import ai.artcafe.runtime.store.StoreOutages;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.time.Instant;
import java.util.Collection;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.BiFunction;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Makes the answers about the platform's status. */
@ApplicationScoped
class StatusAnswers {

    /** Public questions: there are no more. */
    private static final int PUBLIC = 8;

    /** Tenants' questions that are remembered: with all agents that is some 100 KB each at most. */
    private static final int TENANTS = 200;

    private final StatusReader reader;
    private final Clock clock;
    private final Remembered<StatusAnswer> statuses = new Remembered<>(PUBLIC, answer -> answer);
    private final Remembered<AnalyticsAnswer> analytics =
            new Remembered<>(PUBLIC, AnalyticsAnswer::asStale);
    private final Remembered<ApiStatusAnswer> endpoints =
            new Remembered<>(PUBLIC, ApiStatusAnswer::asStale);
    private final Remembered<ApiStatusAnswer> ofTenants =
            new Remembered<>(TENANTS, ApiStatusAnswer::asStale);

    StatusAnswers(StatusReader reader, Clock clock) {
        this.reader = reader;
        this.clock = clock;
    }

    /** Without a store what it would have told is not known; the rest is. */
    StatusAnswer status() {
        return statuses.get("", this::makeStatus);
    }

    /**
     * @throws ai.artcafe.runtime.store.StoreAwayException when a store is away and there is no last
     *     answer
     */
    AnalyticsAnswer analytics() {
        return analytics.get("", this::makeAnalytics);
    }

    /**
     * @throws ai.artcafe.runtime.store.StoreAwayException when a store is away and there is no last
     *     answer
     */
    ApiStatusAnswer endpoints(StatusPeriod period) {
        return endpoints.get(period.id(), () -> makeEndpoints(period));
    }

    /**
     * The same with the requests to and of a tenant's agents.
     *
     * @throws ai.artcafe.runtime.store.StoreAwayException when a store is away and there is no last
     *     answer
     */
    ApiStatusAnswer endpoints(StatusPeriod period, TenantId tenant) {
        return ofTenants.get(
                period.id() + " " + tenant, () -> endpoints(period).with(agents(tenant, period)));
    }

    private TenantAgents agents(TenantId tenant, StatusPeriod period) {
        Map<RequestParty, RequestActivity> requests =
                reader.requests(new Window(clock.instant()), period, tenant);
        List<AgentId> agents =
                requests.keySet().stream()
                        .map(RequestParty::agentId)
                        .distinct()
                        .sorted(Comparator.comparing(AgentId::value))
                        .toList();
        return new TenantAgents(
                tenant,
                agents.stream()
                        .map(agent ->
                                new AgentView(
                                        agent,
                                        view(requests, RequestParty.answering(tenant, agent)),
                                        view(requests, RequestParty.asking(tenant, agent))))
                        .toList());
    }

    private static Optional<AgentRequestsView> view(
            Map<RequestParty, RequestActivity> requests, RequestParty party) {
        return Optional.ofNullable(requests.get(party)).map(AgentRequestsView::of);
    }

    private StatusAnswer makeStatus() {
        Window window = new Window(clock.instant());
        Optional<Live> live = unlessAway(() -> reader.live(window));
        Optional<Past> past = unlessAway(() -> reader.pastDay(window));
        Live known = live.orElseGet(() -> new Live(Collections.emptySortedMap(), Optional.empty()));
        Optional<History> history =
                past.filter(_ -> live.isPresent()).map(it -> new History(window, known, it));
        Map<String, ServiceActivity> lastHour = known.since(window.lastHourFrom());
        Collection<String> names =
                Stream.concat(
                                lastHour.keySet().stream(),
                                history.stream().flatMap(it -> it.services().stream()))
                        .collect(Collectors.toCollection(TreeSet::new));
        List<ServiceView> services =
                names.stream()
                        .map(name ->
                                new ServiceView(
                                        name,
                                        known.health(name, window.now()),
                                        Optional.ofNullable(lastHour.get(name))
                                                .map(ServiceActivity::instances),
                                        history.flatMap(it -> it.uptime(name)),
                                        Optional.ofNullable(lastHour.get(name))
                                                .map(ServiceActivity::total)
                                                .map(RequestsView::of)))
                        .toList();
        boolean real = live.isPresent() && known.isFresh(window.now());
        return new StatusAnswer(
                real ? worst(services) : Health.UNKNOWN,
                live.map(_ -> window.now()),
                new Content(
                        real
                                ? new RealTime(
                                        Optional.of(known.sessions(window.sessionsFrom())),
                                        known.trackedAgents(),
                                        true)
                                : RealTime.UNKNOWN,
                        services,
                        live.map(_ -> agentRequests(lastHour.values()))));
    }

    private static Health worst(List<ServiceView> services) {
        return services.stream()
                .map(ServiceView::status)
                .max(Comparator.naturalOrder())
                .orElse(Health.UNKNOWN);
    }

    private AnalyticsAnswer makeAnalytics() {
        Window window = new Window(clock.instant());
        Live live = reader.live(window);
        History history = new History(window, live, reader.past(window));
        SortedMap<Instant, SpanSummary> hours = history.hours();
        return new AnalyticsAnswer(
                window.now(),
                false,
                history.since(),
                new Overview(
                        live.sessions(window.sessionsFrom()),
                        live.trackedAgents(),
                        RequestsView.of(
                                hours.values().stream()
                                        .map(SpanSummary::requests)
                                        .reduce(EndpointActivity.NONE, EndpointActivity::plus)),
                        AgentRequestsView.of(
                                hours.values().stream()
                                        .map(SpanSummary::agentRequests)
                                        .reduce(RequestActivity.NONE, RequestActivity::plus)),
                        history.services().stream()
                                .flatMap(service -> history.uptime(service).stream())
                                .min(Comparator.naturalOrder()),
                        history.uptimeOfDays(),
                        live.isFresh(window.now())),
                views(hours, history::uptimeOfHour),
                views(history.days(), history::uptimeOfDay));
    }

    private static List<SpanView> views(
            SortedMap<Instant, SpanSummary> spans,
            BiFunction<Instant, SpanSummary, Optional<Double>> uptime) {
        return spans.entrySet().stream()
                .map(each ->
                        new SpanView(
                                each.getKey(),
                                Math.round(each.getValue().sessions()),
                                Math.round(each.getValue().networks()),
                                RequestsView.of(each.getValue().requests()),
                                AgentRequestsView.of(each.getValue().agentRequests()),
                                uptime.apply(each.getKey(), each.getValue())))
                .toList();
    }

    private ApiStatusAnswer makeEndpoints(StatusPeriod period) {
        Window window = new Window(clock.instant());
        Live live = reader.live(window);
        Map<String, ServiceActivity> services =
                new TreeMap<>(reader.services(window, period, live));
        return new ApiStatusAnswer(
                window.now(),
                false,
                period,
                services.entrySet().stream()
                        .map(each ->
                                new ServiceEndpoints(
                                        each.getKey(),
                                        live.health(each.getKey(), window.now()),
                                        RequestsView.of(each.getValue().total()),
                                        endpoints(each.getValue())))
                        .toList(),
                agentRequests(services.values()),
                Optional.empty());
    }

    private static List<EndpointView> endpoints(ServiceActivity service) {
        return service.endpoints().entrySet().stream()
                .map(each ->
                        new EndpointView(
                                each.getKey(),
                                each.getValue().statuses(),
                                RequestsView.of(each.getValue())))
                .toList();
    }

    private static AgentRequestsView agentRequests(Collection<ServiceActivity> services) {
        return AgentRequestsView.of(
                services.stream()
                        .map(ServiceActivity::agentRequests)
                        .reduce(RequestActivity.NONE, RequestActivity::plus));
    }

    private static <T> Optional<T> unlessAway(Supplier<T> read) {
        try {
            return Optional.of(read.get());
        } catch (RuntimeException error) {
            if (StoreOutages.storeAway(error).isPresent()) {
                return Optional.empty();
            }
            throw error;
        }
    }
}
