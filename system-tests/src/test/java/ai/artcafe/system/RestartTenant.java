package ai.artcafe.system;

import ai.artcafe.model.identity.AgentId;
import ai.artcafe.model.identity.TenantId;
import ai.artcafe.model.usage.Traffic;
import ai.artcafe.model.usage.UsageTotals;
import ai.artcafe.stack.demo.SshIdentity;
import ai.artcafe.system.client.Api;
import ai.artcafe.system.client.NatsAgent;
import ai.artcafe.system.client.RoamingAgent;
import io.nats.client.Message;
import io.nats.client.NKey;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;

/**
 * One tenant of a {@link RestartLoad}: speakers who move between the gateways; a listener with a
 * socket on each of them, which comes back to its own; a listener at the NATS door. Both listeners
 * answer what they are asked, from the other door.
 */
final class RestartTenant implements AutoCloseable {

    private static final String WORK = "work";
    private static final String ASK_NATS = "ask.nats";
    private static final String ASK_SOCKET = "ask.socket";

    private final TenantId id;
    private final List<RoamingAgent> speakers;
    private final List<RoamingAgent> seats;
    private final NatsAgent listener;
    private final NatsAgent asker;

    private final AtomicInteger numbers = new AtomicInteger();
    private final Set<String> work = ConcurrentHashMap.newKeySet();
    private final Set<String> heardAtNats = ConcurrentHashMap.newKeySet();
    private final AtomicReference<Traffic> answered = new AtomicReference<>(Traffic.NONE);
    private final AtomicReference<Traffic> asked = new AtomicReference<>(Traffic.NONE);

    /** How many replies have come to each question from the NATS door. */
    private final Map<String, AtomicLong> replies = new ConcurrentHashMap<>();

    private volatile Set<String> lastWords = Set.of();
    private volatile String lastQuestion = "";

    private RestartTenant(
            TenantId id,
            List<RoamingAgent> speakers,
            List<RoamingAgent> seats,
            NatsAgent listener,
            NatsAgent asker) {
        this.id = id;
        this.speakers = List.copyOf(speakers);
        this.seats = List.copyOf(seats);
        this.listener = listener;
        this.asker = asker;
    }

    /** Registers everybody; those at the WebSocket door begin to connect. */
    static RestartTenant begin(
            List<Api> gateways, URI nats, TenantId id, SshIdentity key, int speakers)
            throws IOException, InterruptedException {
        Api api = gateways.getFirst();
        api.createTenant(id, "enterprise");
        List<RoamingAgent> roaming = new ArrayList<>();
        for (int i = 0; i < speakers; i++) {
            String agent = id + "-speaker-" + i;
            api.registerAgent(id, agent, "ssh_public_key", key.publicKey());
            List<Api> way = i % 2 == 0 ? gateways : gateways.reversed();
            roaming.add(RoamingAgent.begin(way, id, agent, key, List.of()));
        }
        api.registerAgent(id, seated(id), "ssh_public_key", key.publicKey());
        List<RoamingAgent> seats =
                gateways.stream()
                        .map(gateway ->
                                RoamingAgent.begin(
                                        List.of(gateway),
                                        id,
                                        seated(id),
                                        key,
                                        List.of(WORK, ASK_SOCKET)))
                        .toList();
        RestartTenant tenant =
                new RestartTenant(
                        id,
                        roaming,
                        seats,
                        natsAgent(api, nats, id, listening(id)),
                        natsAgent(api, nats, id, asking(id)));
        tenant.listen();
        return tenant;
    }

    private static NatsAgent natsAgent(Api api, URI nats, TenantId tenant, String agent)
            throws IOException, InterruptedException {
        NKey key = NatsAgent.newKey();
        api.registerAgent(tenant, agent, "nkey_public_key", NatsAgent.publicKey(key));
        return NatsAgent.connect(nats, key);
    }

    private static String seated(TenantId tenant) {
        return tenant + "-seated";
    }

    private static String listening(TenantId tenant) {
        return tenant + "-listening";
    }

    private static String asking(TenantId tenant) {
        return tenant + "-asking";
    }

    private void listen() {
        listener.subscribe(subject(WORK), message -> heardAtNats.add(text(message)));
        listener.subscribe(subject(ASK_NATS), this::answer);
        asker.subscribe(inbox("*"), this::count);
    }

    private void answer(Message question) {
        listener.publish(question.getReplyTo(), text(question));
        answered.updateAndGet(so -> so.plus(1, question.getData().length));
    }

    private void count(Message reply) {
        replies.computeIfAbsent(text(reply), _ -> new AtomicLong()).incrementAndGet();
    }

    private static String text(Message message) {
        return new String(message.getData(), StandardCharsets.UTF_8);
    }

    private String subject(String relative) {
        return "tenant." + id + "." + relative;
    }

    private String inbox(String last) {
        return "_INBOX." + asking(id) + "." + last;
    }

    TenantId id() {
        return id;
    }

    List<RoamingAgent> speakers() {
        return speakers;
    }

    /** The speaker says some things, or asks something at the other door. */
    void speak(RoamingAgent speaker) {
        if (ThreadLocalRandom.current().nextInt(4) == 0) {
            speaker.request(ASK_NATS, words());
            return;
        }
        for (int left = ThreadLocalRandom.current().nextInt(1, 4); left > 0; left--) {
            sayWork(speaker);
        }
    }

    private String sayWork(RoamingAgent speaker) {
        String words = words();
        work.add(words);
        speaker.publish(WORK, words);
        return words;
    }

    /** Somebody at the NATS door asks something at the other. */
    void ask() {
        askOnce();
    }

    private String askOnce() {
        String words = words();
        replies.put(words, new AtomicLong());
        asker.publish(subject(ASK_SOCKET), inbox("r"), words);
        asked.updateAndGet(so -> so.plus(1, words.length()));
        return words;
    }

    /** Data that nobody has said before. */
    private String words() {
        return "\"%s-%d-%s\""
                .formatted(
                        id,
                        numbers.incrementAndGet(),
                        "x".repeat(ThreadLocalRandom.current().nextInt(60)));
    }

    boolean isHeardOnBothGateways() {
        return seats.stream().allMatch(RoamingAgent::isSettled);
    }

    boolean isSettled() {
        return speakers.stream().allMatch(RoamingAgent::isSettled) && isHeardOnBothGateways();
    }

    /** Everybody says one more thing; whoever has heard that has heard all. */
    void sayLastWords() {
        Set<String> words = new HashSet<>();
        speakers.forEach(speaker -> words.add(sayWork(speaker)));
        lastWords = words;
        lastQuestion = askOnce();
    }

    boolean hasHeardLastWords() {
        return isSettled()
                && heardAtNats.containsAll(lastWords)
                && seats.stream().allMatch(seat -> lastWords.stream().allMatch(seat::hasHeard))
                && replies.get(lastQuestion).get() == seats.size();
    }

    /** What was acknowledged and did not reach everybody. */
    List<String> lost() {
        Set<String> heard = new HashSet<>();
        seats.forEach(seat -> heard.addAll(seat.heard()));
        List<String> lost = new ArrayList<>();
        for (String words : work) {
            if (!heardAtNats.contains(words)) {
                lost.add(words + " at the NATS door");
            }
            if (!heard.contains(words)) {
                lost.add(words + " at the WebSocket door");
            }
        }
        replies.forEach((question, number) -> {
            if (number.get() == 0) {
                lost.add("the reply to " + question);
            }
        });
        return lost;
    }

    List<String> doubts() {
        List<String> doubts = new ArrayList<>();
        speakers.forEach(speaker -> doubts.addAll(speaker.doubts()));
        seats.forEach(seat -> doubts.addAll(seat.doubts()));
        return doubts;
    }

    Map<AgentId, UsageTotals> carried() {
        Map<AgentId, UsageTotals> carried = new HashMap<>();
        for (int i = 0; i < speakers.size(); i++) {
            carried.put(new AgentId(id + "-speaker-" + i), speakers.get(i).carried());
        }
        carried.put(
                new AgentId(seated(id)),
                seats.stream()
                        .map(RoamingAgent::carried)
                        .reduce(UsageTotals.NONE, UsageTotals::plus));
        carried.put(new AgentId(listening(id)), atNats(answered.get(), listener));
        carried.put(new AgentId(asking(id)), atNats(asked.get(), asker));
        return carried;
    }

    private static UsageTotals atNats(Traffic published, NatsAgent agent) {
        return new UsageTotals(published, agent.delivered(), Traffic.NONE, 1);
    }

    @Override
    public void close() {
        speakers.forEach(RoamingAgent::close);
        seats.forEach(RoamingAgent::close);
        listener.close();
        asker.close();
    }
}
