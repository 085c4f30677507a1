package ai.artcafe.nats;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.smallrye.config.SmallRyeConfigBuilder;
import io.smallrye.reactive.messaging.annotations.ConnectorAttribute;
import io.smallrye.reactive.messaging.annotations.ConnectorAttribute.Direction;
import io.smallrye.reactive.messaging.annotations.ConnectorAttributes;
import java.util.Arrays;
import java.util.Map;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class ConnectorAttributesTest {

    private static final String NONE = ConnectorAttribute.NO_VALUE;

    @Test
    void theIncomingAttributesAndTheirDefaults() {
        assertThat(attributes(Direction.INCOMING))
                .containsExactlyInAnyOrderEntriesOf(
                        Map.ofEntries(
                                Map.entry("client-options-name", "platform"),
                                Map.entry("health-enabled", "true"),
                                Map.entry("drain-timeout", "5000"),
                                Map.entry("subject", NONE),
                                Map.entry("queue-group", NONE),
                                Map.entry("batch", "false"),
                                Map.entry("batch-size", "1000"),
                                Map.entry("max-pending-messages", "65536"),
                                Map.entry("max-pending-bytes", "67108864"),
                                Map.entry("auto-acknowledgement", "true"),
                                Map.entry("failure-strategy", "fail")));
    }

    @Test
    void theOutgoingAttributesAndTheirDefaults() {
        assertThat(attributes(Direction.OUTGOING))
                .containsExactlyInAnyOrderEntriesOf(
                        Map.ofEntries(
                                Map.entry("client-options-name", "platform"),
                                Map.entry("health-enabled", "true"),
                                Map.entry("drain-timeout", "5000"),
                                Map.entry("subject", NONE),
                                Map.entry("publish-confirms", "false"),
                                Map.entry("confirm-timeout", "5000"),
                                Map.entry("max-outstanding", "1024")));
    }

    @Test
    void anIncomingChannelNeedsASubject() {
        var config =
                new SmallRyeConfigBuilder()
                        .withDefaultValues(
                                Map.of("channel-name", "readings", "connector", NatsConnector.NAME))
                        .build();

        assertThatThrownBy(() -> new NatsConnectorIncomingConfiguration(config))
                .hasMessageContaining("subject")
                .hasMessageContaining(NatsConnector.NAME);
    }

    @Test
    void theServicesSettingsHaveDefaults() {
        NatsConfig config = settings(Map.of());

        assertThat(config.url()).isEqualTo("nats://127.0.0.1:4222");
        assertThat(config.slots()).isEqualTo(100);
        assertThat(config.keysDirectory()).isEmpty();
        assertThat(config.seeds()).isEmpty();
    }

    @Test
    void theServicesSettingsHaveTheseNames() {
        NatsConfig config =
                settings(
                        Map.of(
                                "artcafe.nats.url", "nats://a:1,nats://b:2",
                                "artcafe.nats.slots", "20",
                                "artcafe.nats.keys-directory", "/keys",
                                "artcafe.nats.seeds.tracker", "SU"));

        assertThat(config.url()).isEqualTo("nats://a:1,nats://b:2");
        assertThat(config.slots()).isEqualTo(20);
        assertThat(config.keysDirectory()).hasToString("Optional[/keys]");
        assertThat(config.seeds()).containsEntry("tracker", "SU");
    }

    static NatsConfig settings(Map<String, String> values) {
        return new SmallRyeConfigBuilder()
                .withMapping(NatsConfig.class)
                .withDefaultValues(values)
                .build()
                .getConfigMapping(NatsConfig.class);
    }

    private static Map<String, String> attributes(Direction direction) {
        Predicate<ConnectorAttribute> fits =
                attribute ->
                        attribute.direction() == direction
                                || attribute.direction() == Direction.INCOMING_AND_OUTGOING;
        return Arrays.stream(NatsConnector.class.getAnnotation(ConnectorAttributes.class).value())
                .filter(fits)
                .collect(
                        Collectors.toMap(
                                ConnectorAttribute::name, ConnectorAttribute::defaultValue));
    }
}
