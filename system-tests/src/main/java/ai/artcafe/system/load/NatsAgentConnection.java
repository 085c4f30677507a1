package ai.artcafe.system.load;

import ai.artcafe.model.identity.AgentId;
import ai.artcafe.model.identity.TenantId;
import ai.artcafe.model.usage.Traffic;
import ai.artcafe.model.usage.UsageTotals;
import io.nats.client.NKey;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.util.Base64;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** An agent at the NATS door that speaks the protocol itself, so that it knows every byte. */
final class NatsAgentConnection implements AgentConnection {

    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final int CONNECT_MILLIS = 10_000;
    private static final Pattern NONCE = Pattern.compile("\"nonce\":\"([^\"]+)\"");

    private final TenantId tenant;
    private final AgentId agent;
    private final Socket socket;
    private final NatsReader in;
    private final NatsWriter out;
    private final Signal signal = new Signal();

    private long subscriptions; // of the using thread
    private Traffic published = Traffic.NONE; // of the using thread
    private Traffic control = Traffic.NONE; // of the using thread
    private long pings; // of the using thread
    private boolean unsettled; // of the using thread

    private long pongs; // guarded by signal
    private Traffic delivered = Traffic.NONE; // guarded by signal
    private Traffic payloads = Traffic.NONE; // guarded by signal
    private final Set<String> fences = new HashSet<>(); // guarded by signal

    private NatsAgentConnection(TenantId tenant, AgentId agent, Socket socket) throws IOException {
        this.tenant = tenant;
        this.agent = agent;
        this.socket = socket;
        this.in = new NatsReader(socket.getInputStream());
        this.out = new NatsWriter(socket.getOutputStream());
    }

    /**
     * Connects and logs in.
     *
     * @throws IOException when the server does not let it in, or does not answer in time
     */
    static NatsAgentConnection open(URI server, TenantId tenant, AgentId agent, NKey key)
            throws IOException {
        Socket socket = new Socket();
        try {
            socket.connect(
                    new InetSocketAddress(server.getHost(), server.getPort()), CONNECT_MILLIS);
            socket.setTcpNoDelay(true);
            socket.setSoTimeout(CONNECT_MILLIS);
            NatsAgentConnection connection = new NatsAgentConnection(tenant, agent, socket);
            connection.logIn(key);
            socket.setSoTimeout(0);
            Thread.ofVirtual().name("agent-" + agent).start(connection::read);
            return connection;
        } catch (IOException | GeneralSecurityException e) {
            socket.close();
            throw new IOException(agent + " was not let in: " + e.getMessage(), e);
        }
    }

    private void logIn(NKey key) throws IOException, GeneralSecurityException {
        Matcher info = NONCE.matcher(in.line());
        if (!info.find()) {
            throw new IOException("the server sent no nonce");
        }
        byte[] nonce = info.group(1).getBytes(StandardCharsets.US_ASCII);
        out.line(
                "CONNECT {\"verbose\":false,\"pedantic\":false,\"headers\":true,\"lang\":\"load\","
                        + "\"version\":\"1\",\"protocol\":1,\"nkey\":\"%s\",\"sig\":\"%s\"}"
                                .formatted(
                                        new String(key.getPublicKey()),
                                        Base64.getUrlEncoder()
                                                .withoutPadding()
                                                .encodeToString(key.sign(nonce))));
        out.line("PING");
        out.flush();
        String answer = in.line();
        // a server that is busy has asked before it answers
        while (answer.equals("PING")) {
            out.line("PONG");
            out.flush();
            answer = in.line();
        }
        if (!answer.equals("PONG")) {
            throw new IOException(answer);
        }
    }

    private void read() {
        try {
            while (true) {
                switch (in.next()) {
                    case NatsReader.Delivered(int size, byte[] data) -> heard(size, data);
                    case NatsReader.Ping() -> {
                        out.line("PONG");
                        out.flush();
                    }
                    case NatsReader.Pong() -> signal.change(() -> pongs++);
                    case NatsReader.Refusal(String reason) -> refused(reason);
                    case NatsReader.Other() -> {}
                }
            }
        } catch (IOException e) {
            signal.end(String.valueOf(e.getMessage()));
        }
    }

    private void heard(int size, byte[] data) {
        signal.change(() -> {
            delivered = delivered.plus(1, size);
            payloads = payloads.plus(1, data.length);
            if (Fence.isFence(data)) {
                fences.add(new String(data, StandardCharsets.US_ASCII));
            }
        });
    }

    /** A forbidden publish is refused and counted all the same; any other refusal ends it. */
    private void refused(String reason) throws IOException {
        if (!reason.startsWith("Permissions Violation for Publish")) {
            throw new IOException(reason);
        }
    }

    @Override
    public boolean subscribe(Wording wording, String subject) throws IOException {
        subscriptions++;
        out.line("SUB " + wording.on(tenant, subject) + " " + subscriptions);
        roundTrip();
        return true;
    }

    @Override
    public void unsubscribe() throws IOException {
        for (; subscriptions > 0; subscriptions--) {
            out.line("UNSUB " + subscriptions);
        }
        roundTrip();
    }

    @Override
    public void publish(Said said) throws IOException {
        publish(said.wording().on(tenant, said.subject()), said.payload());
    }

    /** Publishes to any subject at all, as it is on NATS. */
    void publish(String subject, Payload payload) throws IOException {
        unsettled = true;
        out.publish(subject, payload);
        published = published.plus(1, payload.size());
    }

    /** Sends what was published, without waiting for anything. */
    void flush() throws IOException {
        out.flush();
    }

    @Override
    public void heartbeat() throws IOException {
        Payload payload = Payload.text("{\"status\":\"ok\"}");
        unsettled = true;
        out.publish("_HEARTBEAT.tenant." + tenant + ".client." + agent, payload);
        control = control.plus(1, payload.size());
    }

    @Override
    public void settle() throws IOException {
        roundTrip();
        unsettled = false;
    }

    private void roundTrip() throws IOException {
        long expected = ++pings;
        out.line("PING");
        out.flush();
        signal.expect(PATIENCE, "an answer to PING", () -> pongs >= expected);
    }

    @Override
    public long heard() {
        return signal.read(() -> delivered.messages());
    }

    /** What was handed to it, without headers. */
    Traffic heardPayloads() {
        return signal.read(() -> payloads);
    }

    @Override
    public boolean awaitHeard(long messages, Duration atMost) throws IOException {
        return signal.await(atMost, () -> delivered.messages() >= messages);
    }

    @Override
    public boolean awaitFence(String text, Duration atMost) throws IOException {
        return signal.await(atMost, () -> fences.contains(text));
    }

    @Override
    public UsageTotals carried() {
        return new UsageTotals(published, signal.read(() -> delivered), control, 1);
    }

    @Override
    public Optional<String> doubt() {
        return unsettled ? Optional.of(agent + " was cut off at the NATS door") : Optional.empty();
    }

    @Override
    public void close() {
        try {
            socket.close();
        } catch (IOException e) {
            // it is gone either way
        }
    }

    @Override
    public void reset() {
        try {
            socket.setSoLinger(true, 0);
        } catch (IOException e) {
            // it is gone already
        }
        close();
    }
}
