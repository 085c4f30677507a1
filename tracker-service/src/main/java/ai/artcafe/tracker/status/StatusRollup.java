package ai.artcafe.tracker.status;

import ai.artcafe.model.flow.FlowSpan;
import ai.artcafe.model.identity.TenantId;
import ai.artcafe.runtime.status.AgentRequests;
import ai.artcafe.runtime.status.KeptMinutes;
import ai.artcafe.runtime.status.RequestActivity;
import ai.artcafe.runtime.status.RequestParty;
import ai.artcafe.runtime.status.ServiceActivity;
import ai.artcafe.runtime.status.SpanSummary;
import ai.artcafe.tracker.status.store.DynamoStatus;
import ai.artcafe.tracker.status.store.RedisStatus;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import org.jboss.logging.Logger;

/**
 * Writes hours that are over, and the days that they are of. All of an hour is written each time,
 * from its minutes; all of a day from its hours: to do it again, or at two places, changes nothing.
 */
@ApplicationScoped
public class StatusRollup {

    private static final Logger LOG = Logger.getLogger(StatusRollup.class);

    private static final int AT_ONCE = 200;

    private final RedisStatus redis;
    private final DynamoStatus dynamoDb;
    private final Clock clock;

    public StatusRollup(RedisStatus redis, DynamoStatus dynamoDb, Clock clock) {
        this.redis = redis;
        this.dynamoDb = dynamoDb;
        this.clock = clock;
    }

    /**
     * Writes what is due. Throws the stores' exceptions when one is away; what is not written stays
     * due.
     *
     * @return how many hours
     */
    public int run() {
        List<DueHour> due = redis.due(clock.instant(), AT_ONCE);
        for (DueHour each : due) {
            write(each);
            redis.done(each);
        }
        return due.size();
    }

    private void write(DueHour due) {
        if (due.tenant().isPresent()) {
            requests(due.tenant().get(), due.hour());
        } else {
            services(due.hour());
        }
        LOG.debugf("Status written: hour=%s whose=%s", due.hour(), due.tenant());
    }

    private void services(Instant hour) {
        SortedMap<Instant, Map<String, ServiceActivity>> minutes = redis.minutes(hour);
        if (minutes.isEmpty()) {
            return;
        }
        Map<String, ServiceActivity> services = KeptMinutes.inSequence(minutes.values());
        dynamoDb.write(FlowSpan.HOUR, hour, services, SpanSummary.of(minutes.firstKey(), services));
        Map<String, ServiceActivity> day = KeptMinutes.inSequence(dynamoDb.hoursOfDay(hour));
        dynamoDb.write(
                FlowSpan.DAY, hour, day, SpanSummary.of(dynamoDb.firstMinuteOfDay(hour), day));
    }

    private void requests(TenantId tenant, Instant hour) {
        Map<RequestParty, RequestActivity> requests = redis.requests(tenant, hour);
        dynamoDb.write(FlowSpan.HOUR, hour, tenant, list(requests));
        Map<RequestParty, RequestActivity> day = new HashMap<>();
        dynamoDb.requestsOfDay(tenant, hour)
                .forEach(each -> day.merge(each.party(), each.activity(), RequestActivity::plus));
        dynamoDb.write(FlowSpan.DAY, hour, tenant, list(day));
    }

    private static List<AgentRequests> list(Map<RequestParty, RequestActivity> requests) {
        return requests.entrySet().stream()
                .map(each -> new AgentRequests(each.getKey(), each.getValue()))
                .toList();
    }
}
