package ai.artcafe.system;

import static org.assertj.core.api.Assertions.assertThat;

import ai.artcafe.model.access.Role;
import ai.artcafe.model.identity.TenantId;
import ai.artcafe.system.client.Api;
import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.time.Instant;
import org.awaitility.Awaitility;

/** Ledger, NATS servers and tap, as {@code GET /api/v1/usage/reconciliation} has them. */
final class Witnesses {

    private Witnesses() {}

    /**
     * Returns when they were compared after that moment; then nothing may differ, and nothing may
     * have been adjusted.
     *
     * @param rested nothing of the tenant was under way any more
     */
    static void awaitAgreement(Api api, TenantId tenant, Instant rested) {
        Awaitility.await("the witnesses of " + tenant + " to be compared")
                .atMost(Duration.ofSeconds(120))
                .pollInterval(Duration.ofMillis(250))
                .ignoreExceptions()
                .untilAsserted(() -> {
                    JsonNode said = said(api, tenant);
                    assertThat(Instant.parse(said.path("settled_through").asText("")))
                            .as("%s", said)
                            .isAfter(rested);
                });
        JsonNode said = said(api, tenant);
        assertThat(said.at("/drift/messages").asLong(-1)).as("drift in %s", said).isZero();
        assertThat(said.at("/drift/bytes").asLong(-1)).as("drift in %s", said).isZero();
        assertThat(said.path("adjustments")).as("%s", said).isEmpty();
        assertThat(said.at("/server/messages").asLong()).as("%s", said).isPositive();
    }

    private static JsonNode said(Api api, TenantId tenant) {
        return api.getFromMetrics("/api/v1/usage/reconciliation", api.token(tenant, Role.VIEWER))
                .body();
    }
}
