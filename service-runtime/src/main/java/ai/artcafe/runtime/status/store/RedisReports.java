package ai.artcafe.runtime.status.store;

import ai.artcafe.model.flow.FlowSpan;
import ai.artcafe.model.identity.TenantId;
import ai.artcafe.model.key.RedisKeys;
import ai.artcafe.runtime.status.AgentRequests;
import ai.artcafe.runtime.status.MinuteReport;
import ai.artcafe.runtime.status.ReportSink;
import ai.artcafe.runtime.status.StatusJson;
import io.quarkus.arc.DefaultBean;
import io.vertx.redis.client.Command;
import io.vertx.redis.client.Redis;
import io.vertx.redis.client.Request;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Collectors;
import org.jboss.logging.Logger;

/**
 * Reports in Redis: each part where the instance's earlier account of it was, unless that had come
 * further; and which hours have changed since they were last written to DynamoDB.
 */
@DefaultBean
@ApplicationScoped
public class RedisReports implements ReportSink {

    /** How long minutes are kept; their hours are in DynamoDB long before. */
    static final Duration LIFE = Duration.ofHours(4);

    private static final Logger LOG = Logger.getLogger(RedisReports.class);

    private static final Duration PATIENCE = Duration.ofSeconds(2);

    /** How long after its end an hour is taken for complete. */
    private static final Duration HOUR_SETTLES = Duration.ofSeconds(90);

    /** How long after a late report the hour is written again. */
    private static final Duration LATE_SETTLES = Duration.ofSeconds(15);

    /** Field, progress and value in turn; an older account never replaces a newer one. */
    private static final String KEEP =
            """
            for i = 2, #ARGV, 3 do
              local old = redis.call('HGET', KEYS[1], ARGV[i])
              if not old or tonumber(string.match(old, '^%d+')) < tonumber(ARGV[i + 1]) then
                redis.call('HSET', KEYS[1], ARGV[i], ARGV[i + 1] .. ' ' .. ARGV[i + 2])
              end
            end
            redis.call('PEXPIRE', KEYS[1], ARGV[1])
            return 1
            """;

    private final Redis redis;
    private final Clock clock;

    public RedisReports(Redis redis, Clock clock) {
        this.redis = redis;
        this.clock = clock;
    }

    @Override
    public boolean send(MinuteReport report) {
        try {
            for (Request request : requests(report)) {
                redis.send(request)
                        .toCompletionStage()
                        .toCompletableFuture()
                        .get(PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
            }
            return true;
        } catch (ExecutionException | TimeoutException | RuntimeException e) {
            LOG.debugf("Report not kept: instance=%s reason=%s", report.instance(), e);
            return false;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    /** What is due comes before what is kept: one that is lost in between only costs a look. */
    private List<Request> requests(MinuteReport report) {
        Map<TenantId, List<AgentRequests>> byTenant =
                report.requests().stream()
                        .collect(Collectors.groupingBy(each -> each.party().tenantId()));
        List<Request> requests = new ArrayList<>();
        Request due = Request.cmd(Command.ZADD).arg(RedisKeys.STATUS_DUE);
        report.activity().ifPresent(_ -> due.arg(dueAt(report.minute())).arg(member(report, "*")));
        byTenant.keySet()
                .forEach(tenant ->
                        due.arg(dueAt(report.minute())).arg(member(report, tenant.value())));
        if (report.activity().isPresent() || !byTenant.isEmpty()) {
            requests.add(due);
        }
        report.activity()
                .ifPresent(activity ->
                        requests.add(
                                keep(RedisKeys.statusMinute(report.minute()))
                                        .arg(report.service() + "/" + report.instance())
                                        .arg(activity.progress())
                                        .arg(StatusJson.text(activity))));
        byTenant.forEach((tenant, all) -> {
            Request keep = keep(RedisKeys.statusRequests(tenant, report.minute()));
            all.forEach(each ->
                    keep.arg(field(report, each))
                            .arg(each.activity().requests())
                            .arg(StatusJson.text(each.activity())));
            requests.add(keep);
        });
        return requests;
    }

    private static Request keep(String key) {
        return Request.cmd(Command.EVAL).arg(KEEP).arg(1).arg(key).arg(LIFE.toMillis());
    }

    private static String field(MinuteReport report, AgentRequests each) {
        return "%s/%s/%s"
                .formatted(report.instance(), each.party().side().id(), each.party().agentId());
    }

    private static String member(MinuteReport report, String whose) {
        return FlowSpan.HOUR.label(report.minute()) + " " + whose;
    }

    private long dueAt(Instant minute) {
        Instant onTime = FlowSpan.HOUR.end(minute).plus(HOUR_SETTLES);
        Instant late = clock.instant().plus(LATE_SETTLES);
        return (onTime.isAfter(late) ? onTime : late).toEpochMilli();
    }
}
