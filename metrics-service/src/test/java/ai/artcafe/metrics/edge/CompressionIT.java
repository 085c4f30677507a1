package ai.artcafe.metrics.edge;

import static org.assertj.core.api.Assertions.assertThat;

import ai.artcafe.metrics.testing.Books;
import ai.artcafe.metrics.testing.RawHttp;
import ai.artcafe.metrics.testing.RawHttp.Answer;
import ai.artcafe.metrics.testing.SharedStores;
import ai.artcafe.metrics.testing.TestClock;
import ai.artcafe.model.access.Role;
import ai.artcafe.model.identity.TenantId;
import ai.artcafe.model.plan.Plan;
import ai.artcafe.runtime.testing.ApiOperation;
import ai.artcafe.stack.TokenRequest;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.HashMap;
import java.util.Map;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What is compressed on its way: JSON and text that is worth it, for who takes it. */
@QuarkusTest
@QuarkusTestResource(SharedStores.class)
class CompressionIT {

    private static final TenantId TENANT = new TenantId("gzip-acme");
    private static final String LONG = "/api/v1/metrics/analytics?period=30d";
    private static final String SHORT = "/api/v1/usage/stats";

    @Inject Books books;

    @BeforeEach
    void aTenant() {
        books.tenant(TENANT, Plan.ENTERPRISE);
        books.readThrough("n:SERVER", TestClock.NOW);
    }

    @Test
    void aLongAnswerIsCompressedForWhoTakesIt() throws IOException {
        Answer plain = get(LONG, "identity");
        Answer packed = get(LONG, "gzip");

        assertThat(plain.header("content-encoding")).isIn("", "identity");
        assertThat(packed.header("content-encoding")).isEqualTo("gzip");
        assertThat(packed.body()).hasSizeLessThan(plain.body().length / 4);
        assertThat(unpacked(packed)).isEqualTo(plain.body());
        assertThat(packed.header("etag")).isEqualTo(plain.header("etag")).startsWith("W/");
    }

    @Test
    void aShortOneAndAnErrorAreNot() {
        assertThat(get(SHORT, "gzip").header("content-encoding")).isIn("", "identity");
        assertThat(get(SHORT + "?from=never", "gzip").header("content-encoding"))
                .isIn("", "identity");
    }

    @Test
    void neitherAreEventsNorExports() {
        for (ApiOperation operation : ApiOperation.all()) {
            if (operation.method().equals("GET") && !operation.answersJson()) {
                Answer answer = get(operation.path(), "gzip");
                assertThat(answer.header("content-encoding"))
                        .as(operation.toString())
                        .isIn("", "identity");
            }
        }
    }

    private static byte[] unpacked(Answer answer) throws IOException {
        try (GZIPInputStream in = new GZIPInputStream(new ByteArrayInputStream(answer.body()))) {
            return in.readAllBytes();
        }
    }

    private static Answer get(String target, String encoding) {
        Map<String, String> headers = new HashMap<>();
        headers.put("Accept-Encoding", encoding);
        headers.put(
                "Authorization",
                "Bearer "
                        + SharedStores.stack()
                                .tokens()
                                .token(TokenRequest.member("ada", TENANT, Role.VIEWER)));
        return RawHttp.send("GET", target, headers);
    }
}
