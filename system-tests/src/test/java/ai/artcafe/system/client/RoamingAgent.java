package ai.artcafe.system.client;

import ai.artcafe.model.identity.TenantId;
import ai.artcafe.model.usage.Traffic;
import ai.artcafe.model.usage.UsageTotals;
import ai.artcafe.stack.demo.SshIdentity;
import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;

/**
 * An agent at the WebSocket door that goes on when its gateway goes away, as the protocol says: it
 * comes back when it was told to, at the next of its gateways, and says again under the same id
 * what was not answered. What is asked of it, it answers with the question. It keeps account of
 * what it has carried. Thread-safe.
 */
public final class RoamingAgent implements AutoCloseable {

    /** How many messages may wait for their answer. */
    private static final int WINDOW = 32;

    private static final Duration KNOCK_AGAIN = Duration.ofMillis(100);
    private static final long REQUEST_MS = 30_000;

    /** Ids hold for all sockets of an agent. */
    private static final AtomicLong IDS = new AtomicLong();

    private final List<Api> gateways;
    private final TenantId tenant;
    private final String id;
    private final SshIdentity key;
    private final List<String> subjects;
    private final Semaphore window = new Semaphore(WINDOW);
    private final Thread way;
    private volatile boolean closing;

    // guarded by this
    private final Map<String, Said> unanswered = new LinkedHashMap<>();
    private final Set<String> acknowledged = new HashSet<>();
    private final Set<String> heard = new HashSet<>();
    private final List<Long> hints = new ArrayList<>();
    private final List<String> doubts = new ArrayList<>();
    private Optional<RoamingLine> line = Optional.empty();
    private Traffic published = Traffic.NONE;
    private Traffic delivered = Traffic.NONE;
    private long connections;
    private long moves;

    private record Said(String frame, String data, boolean isRequest) {}

    private RoamingAgent(
            List<Api> gateways,
            TenantId tenant,
            String id,
            SshIdentity key,
            List<String> subjects) {
        this.gateways = List.copyOf(gateways);
        this.tenant = tenant;
        this.id = id;
        this.key = key;
        this.subjects = List.copyOf(subjects);
        this.way = Thread.ofVirtual().name("roaming-" + id).unstarted(this::roam);
    }

    /**
     * Begins to connect.
     *
     * @param gateways where it knocks, one after the other
     * @param subjects what it listens to
     */
    public static RoamingAgent begin(
            List<Api> gateways,
            TenantId tenant,
            String id,
            SshIdentity key,
            List<String> subjects) {
        RoamingAgent agent = new RoamingAgent(gateways, tenant, id, key, subjects);
        agent.way.start();
        return agent;
    }

    private void roam() {
        for (int turn = 0; !closing; turn++) {
            Api gateway = gateways.get(turn % gateways.size());
            open(gateway).ifPresentOrElse(this::stay, () -> pause(KNOCK_AGAIN));
        }
    }

    /** Empty when the gateway does not let it in. */
    private Optional<RoamingLine> open(Api gateway) {
        try {
            String challenge = gateway.challenge(tenant, id);
            return Optional.of(
                    RoamingLine.open(
                            SocketAgent.address(
                                    gateway, tenant, id, challenge, key.sign(challenge)),
                            subjects,
                            this::take));
        } catch (RuntimeException e) {
            return Optional.empty();
        }
    }

    private void stay(RoamingLine open) {
        begin(open);
        int code = open.awaitEnd();
        synchronized (this) {
            line = Optional.empty();
            if (!closing) {
                moves++;
                if (code != RoamingLine.DRAINING || open.hint().isEmpty()) {
                    doubts.add(id + " was closed with " + code + ", come back " + open.hint());
                }
            }
        }
        open.hint().ifPresent(hint -> pause(Duration.ofMillis(hint)));
    }

    private synchronized void begin(RoamingLine open) {
        connections++;
        line = Optional.of(open);
        unanswered.values().forEach(said -> open.send(said.frame()));
    }

    private static void pause(Duration time) {
        LockSupport.parkNanos(time.toNanos());
    }

    /** Returns when it is said, or will be as soon as it is connected. */
    public void publish(String subject, String data) {
        say("publish", subject, data, "");
    }

    /** The same with a question. */
    public void request(String subject, String data) {
        say("request", subject, data, ",\"timeout_ms\":" + REQUEST_MS);
    }

    private void say(String type, String subject, String data, String more) {
        window.acquireUninterruptibly();
        String said = nextId();
        String frame =
                "{\"type\":\"%s\",\"subject\":\"%s\",\"data\":%s,\"id\":\"%s\"%s}"
                        .formatted(type, subject, data, said, more);
        synchronized (this) {
            unanswered.put(said, new Said(frame, data, type.equals("request")));
            line.ifPresent(open -> open.send(frame));
        }
    }

    private String nextId() {
        return id + "-" + IDS.incrementAndGet();
    }

    private synchronized void take(RoamingLine from, JsonNode frame) {
        String about = frame.path("id").asText();
        switch (frame.path("type").asText()) {
            case "message" -> hear(from, frame);
            case "ack" -> acknowledged(from, about);
            case "response" -> answered(about, frame);
            case "error" -> refused(about, frame);
            default -> doubts.add(id + " was sent " + frame);
        }
    }

    private void hear(RoamingLine from, JsonNode message) {
        String data = message.path("data").toString();
        delivered = delivered.plus(1, data.length());
        heard.add(data);
        if (message.has("reply")) {
            from.reply(nextId(), message.path("reply").asText(), data);
        }
    }

    private void acknowledged(RoamingLine from, String about) {
        from.replied(about).ifPresent(data -> published = published.plus(1, data.length()));
        Said said = unanswered.get(about);
        if (said != null && said.isRequest()) {
            doubts.add(id + " never gets the reply to " + about);
        }
        settle(about);
    }

    private void answered(String about, JsonNode response) {
        delivered = delivered.plus(1, response.path("data").toString().length());
        settle(about);
    }

    private void settle(String about) {
        Said said = unanswered.remove(about);
        if (said != null) {
            published = published.plus(1, said.data().length());
            acknowledged.add(said.data());
            window.release();
        }
    }

    private void refused(String about, JsonNode error) {
        switch (error.path("code").asText()) {
            case "draining" -> hints.add(error.path("retry_after_ms").asLong());
            case "unavailable" -> {
                Duration wait = Duration.ofMillis(error.path("retry_after_ms").asLong());
                Thread.ofVirtual().start(() -> sayAgain(about, wait));
            }
            default -> doubts.add(id + " was refused: " + error);
        }
    }

    private void sayAgain(String about, Duration wait) {
        pause(wait);
        synchronized (this) {
            Said said = unanswered.get(about);
            if (said != null) {
                line.ifPresent(open -> open.send(said.frame()));
            }
        }
    }

    /** Whether everything that it has said is answered, on a connection that is open. */
    public synchronized boolean isSettled() {
        return unanswered.isEmpty() && line.filter(RoamingLine::isSettled).isPresent();
    }

    /** The data of what was acknowledged, or replied to. */
    public synchronized Set<String> acknowledged() {
        return Set.copyOf(acknowledged);
    }

    /** How much was acknowledged, or replied to. */
    public synchronized int progress() {
        return acknowledged.size();
    }

    /** The data of what it has heard. */
    public synchronized Set<String> heard() {
        return Set.copyOf(heard);
    }

    public synchronized boolean hasHeard(String data) {
        return heard.contains(data);
    }

    /** After how many milliseconds it was told to come back, each time. */
    public synchronized List<Long> hints() {
        return List.copyOf(hints);
    }

    /** How often a gateway sent it away. */
    public synchronized long moves() {
        return moves;
    }

    /** What should not have happened. */
    public synchronized List<String> doubts() {
        return List.copyOf(doubts);
    }

    /** What all its connections have carried. */
    public synchronized UsageTotals carried() {
        return new UsageTotals(published, delivered, Traffic.NONE, connections);
    }

    @Override
    public void close() {
        closing = true;
        Optional<RoamingLine> open;
        synchronized (this) {
            open = line;
        }
        open.ifPresent(RoamingLine::close);
    }
}
