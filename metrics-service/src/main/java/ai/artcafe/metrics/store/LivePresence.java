package ai.artcafe.metrics.store;

import ai.artcafe.model.identity.AgentId;
import ai.artcafe.model.identity.TenantId;
import ai.artcafe.model.key.RedisKeys;
import ai.artcafe.model.key.UsageFields;
import ai.artcafe.model.presence.AgentPresence;
import ai.artcafe.model.presence.PresenceChange;
import ai.artcafe.model.presence.PresenceStatus;
import ai.artcafe.runtime.page.PageRequest;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.vertx.redis.client.Command;
import io.vertx.redis.client.Request;
import io.vertx.redis.client.Response;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Who is there, as the trackers keep it in Redis. All methods throw {@link
 * ai.artcafe.runtime.store.StoreAwayException} when Redis is away.
 */
@ApplicationScoped
public class LivePresence {

    private static final TypeReference<TreeMap<String, Double>> METRICS = new TypeReference<>() {};

    private final RedisPipeline redis;
    private final ObjectMapper json;

    LivePresence(RedisPipeline redis, ObjectMapper json) {
        this.redis = redis;
        this.json = json;
    }

    /**
     * An agent, with what it says of itself.
     *
     * @param lastActivity when it last published or received something
     */
    public record Known(
            AgentId agent,
            AgentPresence presence,
            Optional<Instant> lastActivity,
            Optional<String> version,
            SortedMap<String, Double> metrics) {}

    /** Up to when any tracker has heard the agents; empty when none ever did. */
    public Optional<Instant> heardThrough() {
        Map<String, String> heard =
                RedisPipeline.hash(redis.run(List.of(hash(RedisKeys.PRESENCE_HEARD))).getFirst());
        heard.remove(RedisKeys.PRESENCE_HEARD_SINCE);
        return heard.values().stream()
                .map(millis -> Instant.ofEpochMilli(Long.parseLong(millis)))
                .max(Instant::compareTo);
    }

    /** How many agents have each status. */
    public Map<PresenceStatus, Long> counts(TenantId tenant) {
        Map<PresenceStatus, Long> counts = new EnumMap<>(PresenceStatus.class);
        Map<String, String> held =
                RedisPipeline.hash(
                        redis.run(List.of(hash(RedisKeys.presenceCounts(tenant)))).getFirst());
        for (PresenceStatus status : PresenceStatus.values()) {
            counts.put(status, Long.valueOf(held.getOrDefault(status.id(), "0")));
        }
        return counts;
    }

    /** The first agents of the page in the order of their ids, one more than its limit. */
    public List<AgentId> agents(TenantId tenant, PageRequest page) {
        Request command =
                Request.cmd(Command.ZRANGEBYLEX)
                        .arg(RedisKeys.presenceNames(tenant))
                        .arg(page.after().map(last -> "(" + last).orElse("-"))
                        .arg("+")
                        .arg("LIMIT")
                        .arg("0")
                        .arg(Integer.toString(page.limit() + 1));
        return RedisPipeline.texts(redis.run(List.of(command)).getFirst()).stream()
                .flatMap(name -> AgentId.parse(name).stream())
                .toList();
    }

    /** Those of the agents that are known, in their order. */
    public List<Known> known(TenantId tenant, Collection<AgentId> agents) {
        if (agents.isEmpty()) {
            return List.of();
        }
        Request records = Request.cmd(Command.HMGET).arg(RedisKeys.presenceAgents(tenant));
        Request details = Request.cmd(Command.HMGET).arg(RedisKeys.presenceDetails(tenant));
        List<Request> commands = new ArrayList<>(List.of(records, details));
        for (AgentId agent : agents) {
            records.arg(agent.value());
            details.arg("v:" + agent).arg("m:" + agent);
            commands.add(
                    Request.cmd(Command.HGET)
                            .arg(RedisKeys.client(tenant, agent))
                            .arg(UsageFields.LAST_ACTIVITY));
        }
        List<Response> answers = redis.run(commands);
        List<Known> known = new ArrayList<>();
        int i = 0;
        for (AgentId agent : agents) {
            Optional<String> version = text(answers.get(1).get(2 * i));
            Optional<String> metrics = text(answers.get(1).get(2 * i + 1));
            Optional<Instant> activity =
                    text(answers.get(2 + i))
                            .map(millis -> Instant.ofEpochMilli(Long.parseLong(millis)));
            text(answers.get(0).get(i))
                    .flatMap(AgentPresence::parse)
                    .ifPresent(presence ->
                            known.add(
                                    new Known(
                                            agent,
                                            presence,
                                            activity,
                                            version,
                                            metrics.map(this::metrics).orElseGet(TreeMap::new))));
            i++;
        }
        return known;
    }

    /** The tenant's last changes, the latest first. */
    public List<PresenceChange> changes(TenantId tenant, int atMost) {
        Request command =
                Request.cmd(Command.XREVRANGE)
                        .arg(RedisKeys.presenceChanges(tenant))
                        .arg("+")
                        .arg("-")
                        .arg("COUNT")
                        .arg(Integer.toString(atMost));
        List<PresenceChange> changes = new ArrayList<>();
        for (Response entry : redis.run(List.of(command)).getFirst()) {
            PresenceChange.read(RedisPipeline.hash(entry.get(1))).ifPresent(changes::add);
        }
        return changes;
    }

    private SortedMap<String, Double> metrics(String text) {
        try {
            return json.readValue(text, METRICS);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("metrics are not an object of numbers", e);
        }
    }

    private static Optional<String> text(@Nullable Response response) {
        return Optional.ofNullable(response).map(Response::toString);
    }

    private static Request hash(String key) {
        return Request.cmd(Command.HGETALL).arg(key);
    }
}
