package ai.artcafe.gateway.sharing;

import static org.assertj.core.api.Assertions.assertThat;

import ai.artcafe.gateway.GatewayIdentity;
import ai.artcafe.model.identity.AgentId;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class ShareBatchesTest {

    private static final GatewayIdentity GATEWAY = new GatewayIdentity("gw-1", 1);

    @Test
    void nothing_is_nothing_to_send() {
        assertThat(ShareBatches.of(GATEWAY, Map.of(), Map.of(), List.of(), 1000)).isEmpty();
    }

    @Test
    void all_of_it_is_told_in_messages_that_are_not_too_large() throws JsonProcessingException {
        List<PublishedIds.Published> ids =
                IntStream.range(0, 500)
                        .mapToObj(i ->
                                new PublishedIds.Published(
                                        new AgentId("agent-" + i % 7), "\"\\".repeat(60) + i))
                        .toList();

        List<LimitShare> shares =
                ShareBatches.of(
                        GATEWAY, Map.of("agent-1", 5L), Map.of("acme", 6L, "beta", 7L), ids, 5000);

        assertThat(
                        shares.stream()
                                .flatMap(share -> share.ids().values().stream())
                                .mapToInt(List::size)
                                .sum())
                .isEqualTo(500);
        assertThat(shares.stream().flatMap(share -> share.agents().values().stream()))
                .containsExactly(5L);
        assertThat(shares.stream().flatMap(share -> share.tenants().values().stream()))
                .containsExactlyInAnyOrder(6L, 7L);
        for (LimitShare share : shares) {
            assertThat(new ObjectMapper().writeValueAsBytes(share).length).isLessThan(5000 + 200);
        }
    }
}
