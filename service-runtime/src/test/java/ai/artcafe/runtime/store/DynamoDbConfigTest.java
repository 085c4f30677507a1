package ai.artcafe.runtime.store;

import static org.assertj.core.api.Assertions.assertThat;

import io.smallrye.config.PropertiesConfigSource;
import io.smallrye.config.SmallRyeConfigBuilder;
import java.net.URI;
import java.util.Map;
import org.junit.jupiter.api.Test;

class DynamoDbConfigTest {

    @Test
    void isAwsItselfUnlessToldOtherwise() {
        DynamoDbConfig config = read(Map.of());

        assertThat(config.endpoint()).isEmpty();
        assertThat(config.region()).isEqualTo("us-east-1");
        assertThat(config.createTables()).isFalse();
    }

    @Test
    void anEmptyEndpointIsNone() {
        assertThat(read(Map.of("artcafe.dynamodb.endpoint", "")).endpoint()).isEmpty();
    }

    @Test
    void everyNameIsUnderstood() {
        DynamoDbConfig config =
                read(
                        Map.of(
                                "artcafe.dynamodb.endpoint", "http://127.0.0.1:8000",
                                "artcafe.dynamodb.region", "eu-central-1",
                                "artcafe.dynamodb.create-tables", "true"));

        assertThat(config.endpoint()).contains(URI.create("http://127.0.0.1:8000"));
        assertThat(config.region()).isEqualTo("eu-central-1");
        assertThat(config.createTables()).isTrue();
    }

    private static DynamoDbConfig read(Map<String, String> properties) {
        return new SmallRyeConfigBuilder()
                .withMapping(DynamoDbConfig.class)
                .withSources(new PropertiesConfigSource(properties, "test", 100))
                .build()
                .getConfigMapping(DynamoDbConfig.class);
    }
}
