package ai.artcafe.system.bench;

import ai.artcafe.model.flow.Flow;
import ai.artcafe.model.flow.FlowSketches;
import ai.artcafe.model.flow.FlowSpan;
import ai.artcafe.model.identity.AgentId;
import ai.artcafe.model.identity.Slot;
import ai.artcafe.model.identity.TenantId;
import ai.artcafe.model.key.FlowFields;
import ai.artcafe.model.key.RedisKeys;
import ai.artcafe.model.key.Table;
import ai.artcafe.model.key.TenantKeys;
import ai.artcafe.model.key.UsageFields;
import ai.artcafe.model.key.UsageKeys;
import ai.artcafe.model.plan.Plan;
import ai.artcafe.model.usage.Period;
import ai.artcafe.model.usage.Traffic;
import ai.artcafe.model.usage.UsageTotals;
import ai.artcafe.runtime.store.Item;
import ai.artcafe.runtime.store.TenantRecord;
import ai.artcafe.stack.LocalStack;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.http.apache5.Apache5HttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.PutRequest;
import software.amazon.awssdk.services.dynamodb.model.WriteRequest;

/**
 * An enterprise tenant with a past, written where gateway and trackers would have: each agent
 * published in every hour. The tenant's hours reach back twice as far as its flow, which is
 * compared with them.
 */
final class SeededPast implements AutoCloseable {

    private static final Table TABLE = Table.USAGE_METRICS;
    private static final int WRITES_AT_ONCE = 25;
    private static final int SUBJECTS = 120;
    private static final int CHANNELS = 40;
    private static final int PER_AGENT_AND_HOUR = 100;
    private static final Duration LIVE = Duration.ofDays(5);

    private final DynamoDbClient dynamoDb;
    private final Socket redis;
    private final OutputStream commands;
    private final BufferedReader answers;
    private final Instant now;
    private final TenantId tenant = new TenantId("bench-past");
    private final int agents;
    private final int days;
    private final Random random = new Random(7);
    private final List<WriteRequest> waiting = new ArrayList<>();

    /**
     * @param days how far back
     */
    SeededPast(LocalStack stack, int agents, int days, Instant now) throws IOException {
        this.agents = agents;
        this.days = days;
        this.now = now;
        this.dynamoDb =
                DynamoDbClient.builder()
                        .endpointOverride(stack.dynamoDbUrl())
                        .region(Region.US_EAST_1)
                        .credentialsProvider(
                                StaticCredentialsProvider.create(
                                        AwsBasicCredentials.create("local", "local")))
                        .httpClient(Apache5HttpClient.create())
                        .build();
        URI url = stack.redisUrl();
        this.redis = new Socket(url.getHost(), url.getPort());
        this.commands = redis.getOutputStream();
        this.answers =
                new BufferedReader(
                        new InputStreamReader(redis.getInputStream(), StandardCharsets.US_ASCII));
    }

    TenantId tenant() {
        return tenant;
    }

    AgentId agent(int number) {
        return new AgentId("bench-past-%03d".formatted(number));
    }

    /** Writes all of it. */
    void write() throws IOException {
        TenantRecord tenantRecord =
                new TenantRecord(tenant, "Bench", Plan.ENTERPRISE, Slot.number(1), now);
        dynamoDb.putItem(
                put -> put.tableName(Table.TENANTS.tableName()).item(tenantRecord.toItem()));
        listened();
        Instant first = FlowSpan.DAY.start(now.minus(Duration.ofDays(days)));
        for (Instant day = first; !day.isAfter(now); day = FlowSpan.DAY.end(day)) {
            day(day, day.equals(first));
        }
        for (Instant hour = FlowSpan.HOUR.start(now.minus(Duration.ofDays(2L * days)));
                !hour.isAfter(now);
                hour = FlowSpan.HOUR.end(hour)) {
            tenantHour(hour);
        }
        for (int agent = 0; agent < agents; agent++) {
            add(UsageKeys.tenant(tenant), UsageKeys.total(agent(agent)), totals(1));
            live(RedisKeys.client(tenant, agent(agent)), totals(1));
        }
        flush();
    }

    private void listened() throws IOException {
        Map<String, AttributeValue> item =
                new HashMap<>(Item.key(TABLE, UsageKeys.PLATFORM, UsageKeys.TAPPED));
        item.put("since", AttributeValue.fromS(now.minus(Duration.ofDays(3L * days)).toString()));
        item.put("through", AttributeValue.fromS(now.toString()));
        put(item);
        redis("HSET", RedisKeys.FLOW_TRACKERS, "bench", Long.toString(now.toEpochMilli()));
        redis("HSET", RedisKeys.SOURCES, "n:bench", Long.toString(now.toEpochMilli()));
    }

    private void day(Instant day, boolean withAgentsHours) throws IOException {
        FlowSketches whole = new FlowSketches();
        for (Instant hour = day;
                hour.isBefore(FlowSpan.DAY.end(day));
                hour = FlowSpan.HOUR.end(hour)) {
            if (hour.equals(FlowSpan.HOUR.start(now))) {
                minutes(hour);
            }
            if (!FlowSpan.HOUR.end(hour).isAfter(now)) {
                FlowSketches sketches = sketches(PER_AGENT_AND_HOUR);
                flow(FlowSpan.HOUR, hour, sketches);
                whole.merge(sketches);
                if (withAgentsHours) {
                    rollUpAgents(Period.HOURLY, hour, 1);
                }
            }
        }
        long hours = Math.min(24, 1 + Duration.between(day, now).toHours());
        boolean isOver = !FlowSpan.DAY.end(day).isAfter(now);
        if (isOver) {
            flow(FlowSpan.DAY, day, whole);
            rollUpAgents(Period.DAILY, day, hours);
        }
        if (day.isAfter(now.minus(LIVE))) {
            for (int agent = 0; agent < agents; agent++) {
                live(RedisKeys.clientDay(tenant, agent(agent), day), totals(hours));
                redis("SADD", RedisKeys.dayAgents(tenant, day), agent(agent).value());
            }
        }
    }

    private void minutes(Instant hour) {
        for (Instant minute = hour;
                FlowSpan.MINUTE.end(minute).isBefore(now);
                minute = FlowSpan.MINUTE.end(minute)) {
            flow(FlowSpan.MINUTE, minute, sketches(2));
        }
    }

    private void rollUpAgents(Period period, Instant start, long hours) {
        for (int agent = 0; agent < agents; agent++) {
            add(UsageKeys.client(agent(agent)), UsageKeys.rollup(period, start), totals(hours));
        }
    }

    private void tenantHour(Instant hour) throws IOException {
        if (!FlowSpan.HOUR.end(hour).isAfter(now)) {
            add(UsageKeys.tenant(tenant), UsageKeys.rollup(Period.HOURLY, hour), totals(agents));
        }
        if (hour.isAfter(now.minus(LIVE))) {
            live(RedisKeys.tenantHour(tenant, hour), totals(agents));
        }
    }

    /** What so many agents use in an hour, or one in so many hours. */
    private static UsageTotals totals(long times) {
        long messages = times * PER_AGENT_AND_HOUR;
        return new UsageTotals(
                new Traffic(messages, messages * 200),
                new Traffic(2 * messages, messages * 400),
                Traffic.NONE,
                times);
    }

    private FlowSketches sketches(int perAgent) {
        Flow flow = new Flow();
        long messages = (long) agents * perAgent;
        flow.count(messages, 200 * messages);
        flow.countInspected(messages);
        for (int i = 0; i < 300; i++) {
            flow.latency().add(Math.exp(random.nextGaussian()), messages / 300 + 1);
            flow.sizes().add(100 + random.nextInt(400), messages / 300 + 1);
        }
        for (int i = 0; i < SUBJECTS; i++) {
            String subject = "channel.bench-" + i % CHANNELS + ".part-" + i;
            flow.subjects().add(subject, messages / SUBJECTS + 1);
            flow.channels().add("bench-" + i % CHANNELS, messages / SUBJECTS + 1);
            flow.distinctSubjects().add(subject);
        }
        FlowSketches sketches = new FlowSketches();
        sketches.add(flow);
        for (int agent = 0; agent < agents; agent++) {
            sketches.add(agent(agent), perAgent);
        }
        return sketches;
    }

    private void flow(FlowSpan span, Instant start, FlowSketches sketches) {
        Map<String, AttributeValue> common =
                Map.of(
                        UsageFields.PROGRESS,
                        AttributeValue.fromN(Long.toString(sketches.progress())),
                        Table.TTL,
                        AttributeValue.fromN(
                                Long.toString(now.plus(Duration.ofDays(30)).getEpochSecond())));
        Map<String, AttributeValue> bytes =
                new HashMap<>(
                        Item.key(
                                TABLE,
                                UsageKeys.tenant(tenant),
                                UsageKeys.flowSketches(span, start)));
        bytes.put(
                FlowFields.SKETCHES,
                AttributeValue.fromB(SdkBytes.fromByteArray(sketches.toBytes())));
        bytes.putAll(common);
        put(bytes);
        Map<String, AttributeValue> numbers =
                new HashMap<>(
                        Item.key(TABLE, UsageKeys.tenant(tenant), UsageKeys.flow(span, start)));
        FlowFields.write(sketches.point(start))
                .forEach((name, value) -> numbers.put(name, AttributeValue.fromN(value)));
        numbers.putAll(common);
        put(numbers);
    }

    private void add(String partition, String sort, UsageTotals totals) {
        Map<String, AttributeValue> item = new HashMap<>(Item.key(TABLE, partition, sort));
        UsageFields.write(totals)
                .forEach((name, value) -> item.put(name, AttributeValue.fromN(value.toString())));
        item.put(
                UsageFields.PROGRESS,
                AttributeValue.fromN(Long.toString(totals.published().messages())));
        item.put(TenantKeys.TENANT_ID, AttributeValue.fromS(tenant.value()));
        put(item);
    }

    private void put(Map<String, AttributeValue> item) {
        waiting.add(
                WriteRequest.builder().putRequest(PutRequest.builder().item(item).build()).build());
        if (waiting.size() == WRITES_AT_ONCE) {
            flush();
        }
    }

    private void flush() {
        Map<String, List<WriteRequest>> open = Map.of(TABLE.tableName(), List.copyOf(waiting));
        waiting.clear();
        while (!open.isEmpty() && open.values().stream().noneMatch(List::isEmpty)) {
            Map<String, List<WriteRequest>> wanted = open;
            open = dynamoDb.batchWriteItem(write -> write.requestItems(wanted)).unprocessedItems();
        }
    }

    private void live(String key, UsageTotals totals) throws IOException {
        List<String> command = new ArrayList<>(List.of("HSET", key));
        UsageFields.write(totals)
                .forEach((name, value) -> {
                    command.add(name);
                    command.add(value.toString());
                });
        command.add(UsageFields.PROGRESS);
        command.add(Long.toString(totals.published().messages()));
        redis(command.toArray(String[]::new));
    }

    private void redis(String... command) throws IOException {
        commands.write((String.join(" ", command) + "\r\n").getBytes(StandardCharsets.US_ASCII));
        String answer = answers.readLine();
        if (answer == null || answer.startsWith("-")) {
            throw new IOException("Redis answered " + answer);
        }
    }

    @Override
    public void close() throws IOException {
        redis.close();
        dynamoDb.close();
    }
}
