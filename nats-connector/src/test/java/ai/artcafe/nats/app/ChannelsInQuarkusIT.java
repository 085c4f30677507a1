package ai.artcafe.nats.app;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.hamcrest.Matchers.hasItems;

import ai.artcafe.nats.Eventually;
import ai.artcafe.nats.Listeners;
import ai.artcafe.nats.PublishFailedException;
import ai.artcafe.nats.PublishFault;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.eclipse.microprofile.reactive.messaging.Channel;
import org.eclipse.microprofile.reactive.messaging.Emitter;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

@QuarkusTest
@QuarkusTestResource(NatsForTests.class)
class ChannelsInQuarkusIT {

    @Inject Readings readings;
    @Inject MeterRegistry meters;

    @Inject
    @Channel("readings-out")
    Emitter<byte[]> emitter;

    @ConfigProperty(name = NatsForTests.MONITORING)
    URI monitoring;

    @BeforeEach
    void isReady() {
        Eventually.asserted(() -> given().get("/q/health/ready").then().statusCode(200));
        Eventually.isTrue(() -> Listeners.on("artcafe.readings.gateway", monitoring) == 2);
    }

    @Test
    void anEmittedMessageIsAckedOnceItWasAppliedAtTheOtherEnd() throws Exception {
        emitter.send(bytes("r1")).toCompletableFuture().get(60, TimeUnit.SECONDS);

        assertThat(readings.applied()).contains("r1");
        Eventually.isTrue(() -> readings.watched().contains("artcafe.readings.gateway"));
    }

    @Test
    void aFailureAtTheOtherEndComesBackToTheEmitter() {
        assertThatThrownBy(() ->
                        emitter.send(bytes("broken"))
                                .toCompletableFuture()
                                .get(60, TimeUnit.SECONDS))
                .isInstanceOf(ExecutionException.class)
                .cause()
                .isInstanceOfSatisfying(
                        PublishFailedException.class,
                        e -> assertThat(e.fault()).isEqualTo(PublishFault.NAK));
    }

    @Test
    void theChannelGoesOnAfterAFailure() throws Exception {
        emitter.send(bytes("broken")).toCompletableFuture().handle((ok, e) -> ok).join();

        emitter.send(bytes("r2")).toCompletableFuture().get(60, TimeUnit.SECONDS);

        assertThat(readings.applied()).contains("r2");
    }

    @Test
    void theHealthNamesEveryChannel() {
        given().get("/q/health/ready")
                .then()
                .body(
                        "checks.data.collect{it.keySet()}.flatten()",
                        hasItems("readings", "watched", "readings-out"));
    }

    @Test
    void theMetersAreInTheServicesRegistry() throws Exception {
        emitter.send(bytes("r3")).toCompletableFuture().get(60, TimeUnit.SECONDS);

        Eventually.isTrue(() -> acks("readings") > 0);
        assertThat(acks("readings-out")).isPositive();
    }

    private double acks(String channel) {
        return meters.get("artcafe.nats.acks").tag("channel", channel).counter().count();
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
