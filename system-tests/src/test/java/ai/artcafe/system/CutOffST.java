package ai.artcafe.system;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.artcafe.model.identity.TenantId;
import ai.artcafe.system.client.Api;
import ai.artcafe.system.client.NatsAgent;
import ai.artcafe.system.client.SocketAgent;
import ai.artcafe.system.client.SshKey;
import ai.artcafe.system.fault.Cut;
import ai.artcafe.system.fault.TcpProxy;
import ai.artcafe.system.platform.Link;
import ai.artcafe.system.platform.Platform;
import ai.artcafe.system.platform.Service;
import io.nats.client.Connection;
import io.nats.client.NKey;
import java.net.http.WebSocketHandshakeException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** An agent is deleted at one gateway while another one, where it is connected, is cut off. */
class CutOffST {

    private static final System.Logger LOG = System.getLogger(CutOffST.class.getName());

    private static final int FORBIDDEN = 4403;

    @TempDir Path folder;

    private final Platform platform = BreakablePlatform.platform();
    private final Api near = BreakablePlatform.api(1);
    private final Api far = BreakablePlatform.api(2);
    private final TcpProxy bus = platform.link(Link.GATEWAY_NATS, 2);
    private final TenantId tenant = BreakablePlatform.newTenants(1).getFirst();

    @BeforeEach
    void begin() {
        platform.service(Service.GATEWAY, 2).start();
    }

    @AfterEach
    void restore() {
        bus.restore();
    }

    @AfterAll
    static void end() {
        BreakablePlatform.platform().service(Service.GATEWAY, 2).stop();
    }

    @ParameterizedTest
    @EnumSource
    void a_deleted_agent_is_cut_off_even_where_no_notice_arrives(Cut how) throws Exception {
        near.createTenant(tenant, "enterprise");
        String agent = tenant + "-agent";
        SshKey ssh = SshKey.generate(folder, "key");
        NKey nkey = NatsAgent.newKey();
        near.registerAgent(tenant, agent, ssh.publicKey(), nkey);
        try (SocketAgent told = SocketAgent.connect(near, tenant, agent, ssh);
                SocketAgent untold = SocketAgent.connect(far, tenant, agent, ssh);
                NatsAgent direct = NatsAgent.connect(platform.stack().natsUrl(), nkey)) {
            bus.cut(how);
            long cut = System.nanoTime();
            assertThat(near.deleteAgent(tenant, agent).status()).isEqualTo(204);

            assertThat(told.closeCode().get(30, TimeUnit.SECONDS)).isEqualTo(FORBIDDEN);
            print(how, "the gateway that was told", cut);
            assertThat(untold.closeCode().get(30, TimeUnit.SECONDS)).isEqualTo(FORBIDDEN);
            print(how, "the gateway that was not", cut);
            Awaitility.await("the end of the NATS connection")
                    .atMost(Duration.ofSeconds(30))
                    .until(() -> direct.connection().getStatus() == Connection.Status.CLOSED);
            print(how, "the NATS door", cut);

            String challenge = far.challenge(tenant, agent);
            assertThatThrownBy(
                            SocketAgent.connect(far, tenant, agent, challenge, ssh.sign(challenge))
                                    ::join)
                    .cause()
                    .isInstanceOfSatisfying(
                            WebSocketHandshakeException.class,
                            refused ->
                                    assertThat(refused.getResponse().statusCode()).isEqualTo(401));
        }
    }

    private static void print(Cut how, String where, long since) {
        LOG.log(
                System.Logger.Level.INFO,
                "Cut off: link={0} at={1} after_ms={2,number,#}",
                how,
                where,
                Duration.ofNanos(System.nanoTime() - since).toMillis());
    }
}
