package ai.artcafe.metrics.testing;

import ai.artcafe.model.access.Role;
import ai.artcafe.model.identity.TenantId;
import ai.artcafe.stack.TokenIssuer;
import ai.artcafe.stack.TokenRequest;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.restassured.RestAssured;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/** A client of Server-Sent Events that reads as fast as they come. */
public final class EventStream implements AutoCloseable {

    private static final HttpClient HTTP =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final long PATIENCE_SECONDS = 30;

    private final HttpResponse<InputStream> response;
    private final BlockingQueue<Event> events = new LinkedBlockingQueue<>();

    /**
     * @param fields by name: {@code event}, {@code id}, {@code data}, {@code retry}
     */
    public record Event(Map<String, String> fields) {

        /** What stands in the queue when the service has ended the stream. */
        private static final Event NONE = new Event(Map.of());

        public String name() {
            return fields.getOrDefault("event", "");
        }

        public Optional<String> id() {
            return Optional.ofNullable(fields.get("id"));
        }

        public JsonNode data() {
            try {
                return JSON.readTree(fields.getOrDefault("data", ""));
            } catch (JsonProcessingException e) {
                throw new IllegalStateException("no JSON: " + fields, e);
            }
        }
    }

    private EventStream(HttpResponse<InputStream> response) {
        this.response = response;
    }

    /** Opens one for a viewer of the tenant. */
    public static EventStream open(TokenIssuer tokens, TenantId tenant, String... headers) {
        return open(tokens.token(TokenRequest.member("ada", tenant, Role.VIEWER)), headers);
    }

    public static EventStream open(String token, String... headers) {
        HttpRequest.Builder request =
                HttpRequest.newBuilder(
                                URI.create(
                                        RestAssured.baseURI
                                                + ":"
                                                + RestAssured.port
                                                + "/api/v1/metrics/realtime/stream"))
                        .header("Authorization", "Bearer " + token)
                        .header("Accept", "text/event-stream");
        if (headers.length > 0) {
            request.headers(headers);
        }
        try {
            EventStream stream =
                    new EventStream(
                            HTTP.send(request.build(), HttpResponse.BodyHandlers.ofInputStream()));
            if (stream.status() == 200) {
                Thread.ofVirtual().start(stream::read);
            }
            return stream;
        } catch (IOException e) {
            throw new IllegalStateException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    public int status() {
        return response.statusCode();
    }

    public Optional<String> header(String name) {
        return response.headers().firstValue(name);
    }

    /** The body of an answer that is no stream. */
    public JsonNode problem() throws IOException {
        return JSON.readTree(response.body());
    }

    /** The next event, or nothing when the stream has ended. */
    public Optional<Event> next() throws InterruptedException {
        Event event = events.poll(PATIENCE_SECONDS, TimeUnit.SECONDS);
        if (event == null) {
            throw new AssertionError("no event");
        }
        return Optional.of(event).filter(each -> each != Event.NONE);
    }

    private void read() {
        Map<String, String> fields = new HashMap<>();
        try (BufferedReader lines =
                new BufferedReader(
                        new InputStreamReader(response.body(), StandardCharsets.UTF_8))) {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                int colon = line.indexOf(':');
                if (colon > 0) {
                    fields.put(line.substring(0, colon), line.substring(colon + 1).strip());
                } else if (line.isEmpty() && !fields.isEmpty()) {
                    events.add(new Event(Map.copyOf(fields)));
                    fields.clear();
                }
            }
        } catch (IOException _) {
            // closed by either side
        }
        events.add(Event.NONE);
    }

    /** As a client that goes away. */
    @Override
    public void close() throws IOException {
        response.body().close();
    }
}
