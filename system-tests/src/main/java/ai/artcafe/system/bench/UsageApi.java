package ai.artcafe.system.bench;

import ai.artcafe.model.access.Role;
import ai.artcafe.model.identity.TenantId;
import ai.artcafe.model.usage.Traffic;
import ai.artcafe.model.usage.UsageTotals;
import ai.artcafe.stack.TokenRequest;
import ai.artcafe.system.platform.Platform;
import ai.artcafe.system.platform.Service;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.LocalDate;
import java.time.ZoneOffset;

/** The usage that a tenant sees. */
final class UsageApi {

    private static final ObjectMapper JSON = new ObjectMapper();

    private final HttpClient http = HttpClient.newHttpClient();
    private final Platform platform;
    private final LocalDate began = LocalDate.now(ZoneOffset.UTC);

    UsageApi(Platform platform) {
        this.platform = platform;
    }

    /** All since this was made. */
    UsageTotals of(TenantId tenant) {
        String path =
                "/api/v1/usage/stats?from="
                        + began
                        + "&to="
                        + LocalDate.now(ZoneOffset.UTC).plusDays(1);
        String token =
                platform.stack().tokens().token(TokenRequest.member("bench", tenant, Role.VIEWER));
        URI uri = platform.url(Service.METRICS).resolve(path);
        try {
            HttpResponse<String> answer =
                    http.send(
                            HttpRequest.newBuilder(uri)
                                    .header("Authorization", "Bearer " + token)
                                    .build(),
                            HttpResponse.BodyHandlers.ofString());
            if (answer.statusCode() != 200) {
                throw new IllegalStateException(uri + " answered " + answer.statusCode());
            }
            return usage(JSON.readTree(answer.body()));
        } catch (IOException e) {
            throw new UncheckedIOException("no answer from " + uri, e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted", e);
        }
    }

    private static UsageTotals usage(JsonNode usage) {
        long connections = 0;
        for (JsonNode agent : usage.path("agents")) {
            connections += agent.path("connections").longValue();
        }
        return new UsageTotals(
                traffic(usage.path("published")),
                traffic(usage.path("delivered")),
                traffic(usage.path("control")),
                connections);
    }

    private static Traffic traffic(JsonNode node) {
        return new Traffic(node.path("messages").longValue(), node.path("bytes").longValue());
    }
}
