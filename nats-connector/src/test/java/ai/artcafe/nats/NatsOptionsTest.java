package ai.artcafe.nats;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.nats.client.NKey;
import io.nats.client.Options;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class NatsOptionsTest {

    @Test
    void theConnectionReconnectsWithoutEndAfterAJitteredPause() {
        Options options = NatsOptions.named("tracker").build();

        assertThat(options.getMaxReconnect()).isEqualTo(-1);
        assertThat(options.getReconnectWait()).isEqualTo(Duration.ofMillis(100));
        assertThat(options.getReconnectJitter()).isEqualTo(Duration.ofMillis(400));
    }

    @Test
    void itRunsOnVirtualThreadsThatAllConnectionsShare() throws Exception {
        Options one = NatsOptions.named("one").build();
        Options two = NatsOptions.named("two").build();

        assertThat(one.getExecutor()).isSameAs(two.getExecutor());
        assertThat(one.getScheduledExecutor()).isSameAs(two.getScheduledExecutor());
        assertThat(
                        one.getExecutor()
                                .submit(() -> Thread.currentThread().isVirtual())
                                .get(30, TimeUnit.SECONDS))
                .isTrue();
    }

    @Test
    void severalServersAreSeparatedByCommas() {
        Options options = NatsOptions.named("tracker").urls(" nats://a:1 , nats://b:2").build();

        assertThat(options.getServers()).hasSize(2);
    }

    @Test
    void theSeedSignsTheNonce() throws Exception {
        NKey key = NKey.createUser(new SecureRandom());
        Options options =
                NatsOptions.named("tracker").seed(Seed.parse(new String(key.getSeed()))).build();
        byte[] nonce = {1, 2, 3};

        assertThat(options.getAuthHandler().getID()).isEqualTo(key.getPublicKey());
        assertThat(key.verify(nonce, options.getAuthHandler().sign(nonce))).isTrue();
        assertThat(NatsOptions.named("a").seed(Seed.parse(new String(key.getSeed()))).toString())
                .doesNotContain(new String(key.getSeed()));
    }

    @Test
    void anInboxPrefixEndsInADot() {
        assertThatThrownBy(() -> NatsOptions.named("monitor").inboxPrefix("_INBOX_MON"))
                .hasMessageContaining("inboxPrefix must end in a dot");
    }
}
