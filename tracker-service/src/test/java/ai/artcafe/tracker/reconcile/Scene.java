package ai.artcafe.tracker.reconcile;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import ai.artcafe.model.flow.TapMode;
import ai.artcafe.model.identity.AgentId;
import ai.artcafe.model.identity.Attribution;
import ai.artcafe.model.identity.ConnectionOwner;
import ai.artcafe.model.identity.Slot;
import ai.artcafe.model.identity.TenantId;
import ai.artcafe.model.key.ReconciledFields;
import ai.artcafe.model.key.RedisKeys;
import ai.artcafe.model.key.UsageFields;
import ai.artcafe.model.key.UsageKeys;
import ai.artcafe.model.usage.Adjustment;
import ai.artcafe.model.usage.Traffic;
import ai.artcafe.stack.LocalStack;
import ai.artcafe.tracker.Json;
import ai.artcafe.tracker.TestStores;
import ai.artcafe.tracker.Tracker;
import ai.artcafe.tracker.TrackerUnderTest;
import ai.artcafe.tracker.broker.RawAgent;
import ai.artcafe.tracker.broker.TestAgents;
import ai.artcafe.tracker.reading.ServerAccounts;
import io.nats.client.NKey;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/** A server, its stores and a tracker that reconciles, for tenants in slots of their own. */
final class Scene implements AutoCloseable {

    static final Duration DETECTION = Duration.ofSeconds(30);
    static final int SLOTS = 20;

    /** What {@link #endWindow} has an agent say. */
    static final Traffic WORD = new Traffic(1, 5);

    static final Map<String, String> SETTINGS =
            Map.of(
                    "artcafe.reconcile.interval", "1s",
                    "artcafe.reconcile.gateway-patience", "4s",
                    "artcafe.rollup.interval", "5s");

    final LocalStack stack;
    final TestStores stores;
    final TestAgents agents;
    private final Map<String, String> settings;
    private Tracker tracker;
    private int nextSlot = 1;

    /** A tenant of the scene. */
    record Place(TenantId tenant, Slot slot) {}

    Scene(Map<String, String> settings) throws Exception {
        this.settings = settings;
        stack = LocalStack.builder().slots(SLOTS).inMemory().start();
        stores = new TestStores(stack, settings);
        stores.tables().create();
        agents = new TestAgents(stack);
        for (int number = 1; number <= SLOTS; number++) {
            stores.tables().place(tenant(number), Slot.number(number));
        }
        startTracker();
        Slot last = Slot.number(SLOTS);
        awaitWindow(new Place(tenant(SLOTS), last));
    }

    private static TenantId tenant(int number) {
        return new TenantId("tenant-" + number);
    }

    Tracker tracker() {
        return tracker;
    }

    void startTracker() {
        tracker = TrackerUnderTest.start(stack, stores, settings, Clock.systemUTC());
    }

    /** One more, beside the scene's own. */
    Tracker standby() {
        return TrackerUnderTest.start(stack, stores, settings, Clock.systemUTC());
    }

    void killTracker() {
        TrackerUnderTest.kill(tracker);
    }

    /** A tenant that nothing has happened to yet, whose first window has begun. */
    Place place() {
        Place place = new Place(tenant(nextSlot), Slot.number(nextSlot));
        nextSlot++;
        awaitWindow(place);
        return place;
    }

    /** Has the tenant's slot be nobody's, and returns when the tracker knows. */
    void vacate(Place place) {
        stores.tables().vacate(place.tenant(), place.slot());
        await().atMost(Duration.ofSeconds(60))
                .until(() -> tracker.slots().known(place.slot()).isEmpty());
    }

    /** Has another tenant be in the slot. */
    Place handOver(Place place, TenantId next) {
        stores.tables().place(next, place.slot());
        return new Place(next, place.slot());
    }

    /** From some seconds from now on, the tenant is looked at so. */
    void tap(Place place, TapMode mode) {
        stores.tables().place(place.tenant(), place.slot(), mode);
    }

    private void awaitWindow(Place place) {
        await().atMost(Duration.ofSeconds(60))
                .untilAsserted(() -> assertThat(window(place)).isPositive());
    }

    long window(Place place) {
        return Long.parseLong(
                stores.redis()
                        .hash("ledger:meta:{" + place.tenant() + "}")
                        .getOrDefault("window", "0"));
    }

    /**
     * Has the agent say {@link #WORD}, and returns when another window has ended: one in which
     * nothing happens lasts a minute.
     */
    void endWindow(Place place, RawAgent agent) throws Exception {
        long now = window(place);
        agent.publish("tenant." + place.tenant() + ".more", "hello");
        await().atMost(Duration.ofSeconds(90))
                .untilAsserted(() -> assertThat(window(place)).isGreaterThan(now));
    }

    NKey key(Place place, AgentId agent) throws Exception {
        return agents.key(new ConnectionOwner.Agent(place.tenant(), agent), place.slot());
    }

    RawAgent raw(Place place, AgentId agent) throws Exception {
        return new RawAgent(stack.natsUrl(), key(place, agent));
    }

    RawAgent raw(Place place, AgentId agent, String options) throws Exception {
        return new RawAgent(stack.natsUrl(), key(place, agent), options);
    }

    Traffic published(Place place) {
        return stores.redis().totals(place.tenant()).published();
    }

    Traffic published(Place place, Attribution who) {
        return stores.redis().totals(place.tenant(), who).published();
    }

    Traffic adjusted(Place place) {
        Map<String, String> totals = stores.redis().hash(RedisKeys.tenant(place.tenant()));
        return new Traffic(
                UsageFields.number(totals, UsageFields.ADJUSTMENT_MESSAGES),
                UsageFields.number(totals, UsageFields.ADJUSTMENT_BYTES));
    }

    List<Adjustment> adjustments(Place place) {
        return stores.redis().hash(RedisKeys.adjustments(place.tenant())).values().stream()
                .map(Scene::adjustment)
                .toList();
    }

    private static Adjustment adjustment(String text) {
        try {
            return Json.mapper().readValue(text, Adjustment.class);
        } catch (Exception e) {
            throw new IllegalStateException(text, e);
        }
    }

    List<Map<String, AttributeValue>> findings(Place place) {
        return stores.tables().items(UsageKeys.tenant(place.tenant())).entrySet().stream()
                .filter(item -> item.getKey().startsWith(UsageKeys.ANOMALIES))
                .map(Map.Entry::getValue)
                .toList();
    }

    /** What the server says the account has received. */
    Optional<Traffic> received(Place place) {
        return tracker.monitor().ask().values().stream()
                .map(ServerAccounts::slots)
                .map(slots -> slots.get(place.slot()))
                .map(ServerAccounts.Account::received)
                .findFirst();
    }

    /** The errors of this minute and the one before. */
    Map<String, Long> errors(Place place) {
        Instant now = Instant.now();
        Map<String, Long> errors = new HashMap<>();
        for (Instant minute : List.of(now.minus(Duration.ofMinutes(1)), now)) {
            stores.redis()
                    .hash(RedisKeys.flowErrors(place.tenant(), minute))
                    .forEach((signal, times) ->
                            errors.merge(signal, Long.parseLong(times), Long::sum));
        }
        return errors;
    }

    /** What the witnesses said, in the messages that they counted, whichever side of midnight. */
    Map<String, Long> reconciledMessages(Place place) {
        Instant now = Instant.now();
        Map<String, Long> said = new HashMap<>();
        for (Instant day : List.of(now.minus(Duration.ofDays(1)), now)) {
            stores.redis()
                    .hash(RedisKeys.reconciledDay(place.tenant(), day))
                    .forEach((name, amount) -> {
                        if (name.endsWith(ReconciledFields.MESSAGES)) {
                            said.merge(name, Long.parseLong(amount), Long::sum);
                        }
                    });
        }
        return said;
    }

    @Override
    public void close() throws Exception {
        tracker.close();
        agents.close();
        stores.close();
        stack.close();
    }
}
