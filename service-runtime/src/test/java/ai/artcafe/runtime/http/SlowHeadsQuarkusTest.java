package ai.artcafe.runtime.http;

import static org.assertj.core.api.Assertions.assertThat;

import ai.artcafe.runtime.problem.IssuerKeys;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.QuarkusTestProfile;
import io.quarkus.test.junit.TestProfile;
import io.restassured.RestAssured;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.Socket;
import java.net.SocketException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpClient.Version;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** Whoever does not say what they want goes; whoever has much to say may. */
@QuarkusTest
@QuarkusTestResource(IssuerKeys.class)
@TestProfile(SlowHeadsQuarkusTest.Impatient.class)
class SlowHeadsQuarkusTest {

    private static final int PATIENCE_MS = 30_000;
    private static final long PAUSE_MS = 60;

    /** Waits less long than it would. */
    public static final class Impatient implements QuarkusTestProfile {
        @Override
        public Map<String, String> getConfigOverrides() {
            return Map.of("artcafe.http.head-timeout", "1s");
        }
    }

    @Test
    void oneThatSaysNothingIsEnded() throws Exception {
        try (Socket silent = connect()) {
            assertThat(silent.getInputStream().read()).isEqualTo(-1);
        }
    }

    @Test
    void oneWhoseHeadNeverEndsIsEnded() throws Exception {
        try (Socket trickling = connect()) {
            send(trickling, "GET /faulty/agents/a HTTP/1.1\r\nHost: localhost\r\n");
            trickle(trickling);
        }
    }

    @Test
    void soIsOneThatWasGoodBefore() throws Exception {
        try (Socket turned = connect()) {
            send(turned, "GET /faulty/agents/a HTTP/1.1\r\nHost: localhost\r\n\r\n");
            assertThat(answer(turned)).contains("200 OK").endsWith("\"a\"");
            trickle(turned);
        }
    }

    @Test
    void aBodyMayTakeItsTimeAndAnIdleConnectionStays() throws Exception {
        String body = "{\"tenant_id\": \"acme\"}";
        try (Socket slow = connect()) {
            for (int i = 0; i < 2; i++) {
                send(
                        slow,
                        "POST /faulty HTTP/1.1\r\nHost: localhost\r\n"
                                + "Content-Type: application/json\r\nContent-Length: "
                                + body.length()
                                + "\r\n\r\n");
                for (char each : body.toCharArray()) {
                    pause();
                    send(slow, String.valueOf(each));
                }
                assertThat(answer(slow)).contains("200 OK").contains("acme");
            }
        }
    }

    @Test
    void aConnectionMayBecomeHttp2() throws Exception {
        String body = "{\"tenant_id\": \"acme\"}";
        for (BodyPublisher first :
                List.of(BodyPublishers.ofString(body), BodyPublishers.noBody())) {
            try (HttpClient client = HttpClient.newBuilder().version(Version.HTTP_2).build()) {
                assertThat(version(client, first)).isEqualTo(Version.HTTP_2);
                assertThat(version(client, BodyPublishers.ofString(body)))
                        .isEqualTo(Version.HTTP_2);
            }
        }
    }

    private static Version version(HttpClient client, BodyPublisher body) throws Exception {
        return client.send(
                        HttpRequest.newBuilder(
                                        URI.create(
                                                "http://localhost:" + RestAssured.port + "/faulty"))
                                .header("Content-Type", "application/json")
                                .POST(body)
                                .build(),
                        BodyHandlers.discarding())
                .version();
    }

    /** Sends a header, letter by letter, until the server has had enough. */
    private static void trickle(Socket socket) throws IOException {
        try {
            for (int sent = 0; sent < PATIENCE_MS / PAUSE_MS; sent++) {
                send(socket, "x");
                pause();
            }
        } catch (SocketException _) {
            return;
        }
        throw new AssertionError("still open after " + PATIENCE_MS + " ms");
    }

    /** What it is about is that time passes. */
    private static void pause() {
        try {
            TimeUnit.MILLISECONDS.sleep(PAUSE_MS);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    private static Socket connect() throws IOException {
        Socket socket = new Socket("localhost", RestAssured.port);
        socket.setSoTimeout(PATIENCE_MS);
        return socket;
    }

    private static void send(Socket socket, String text) throws IOException {
        socket.getOutputStream().write(text.getBytes(StandardCharsets.US_ASCII));
    }

    /** The status line and the body of one with a length. */
    private static String answer(Socket socket) throws IOException {
        BufferedReader in =
                new BufferedReader(
                        new InputStreamReader(socket.getInputStream(), StandardCharsets.UTF_8));
        String status = in.readLine();
        int length = 0;
        for (String line = in.readLine(); !line.isEmpty(); line = in.readLine()) {
            if (line.regionMatches(true, 0, "content-length:", 0, 15)) {
                length = Integer.parseInt(line.substring(15).strip());
            }
        }
        char[] body = new char[length];
        for (int read = 0; read < length; ) {
            read += in.read(body, read, length - read);
        }
        return status + " " + new String(body);
    }
}
