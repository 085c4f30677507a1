package ai.artcafe.metrics.realtime.stream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.artcafe.model.access.Role;
import ai.artcafe.model.identity.TenantId;
import ai.artcafe.model.problem.ErrorCode;
import ai.artcafe.model.problem.ProblemException;
import ai.artcafe.runtime.access.TenantAccess;
import ai.artcafe.runtime.access.UserPrincipal;
import io.smallrye.config.SmallRyeConfigBuilder;
import java.time.Instant;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

class StreamPlacesTest {

    private final StreamPlaces places =
            new StreamPlaces(
                    new SmallRyeConfigBuilder()
                            .addDiscoveredConverters()
                            .withMapping(StreamConfig.class)
                            .withDefaultValues(
                                    Map.of(
                                            "artcafe.metrics.stream.per-user", "2",
                                            "artcafe.metrics.stream.per-tenant", "3",
                                            "artcafe.metrics.stream.total", "4"))
                            .build()
                            .getConfigMapping(StreamConfig.class));

    @Test
    void aUserHasSoMany() {
        places.take(user("ada", "acme"));
        places.take(user("ada", "other"));

        refused(user("ada", "third"), "You have 2 streams open here");
        places.giveBack(user("ada", "other"));
        places.take(user("ada", "third"));
    }

    @Test
    void aTenantHasSoMany() {
        places.take(user("ada", "acme"));
        places.take(user("bob", "acme"));
        places.take(user("cyn", "acme"));

        refused(user("dan", "acme"), "The tenant has 3 streams open here");
        places.take(user("dan", "other"));
    }

    @Test
    void theProcessHasSoMany() {
        for (int i = 0; i < 4; i++) {
            places.take(user("user-" + i, "tenant-" + i));
        }

        refused(user("eve", "acme"), "This server has as many streams open as it may");
        assertThat(places.taken()).isEqualTo(4);
    }

    private void refused(TenantAccess who, String why) {
        assertThatThrownBy(() -> places.take(who))
                .hasMessageContaining(why)
                .isInstanceOfSatisfying(
                        ProblemException.class,
                        problem -> {
                            assertThat(problem.code()).isEqualTo(ErrorCode.LIMIT_EXCEEDED);
                            assertThat(problem.members()).containsEntry("retry_after", "5");
                        });
    }

    private static TenantAccess user(String id, String tenant) {
        TenantId in = new TenantId(tenant);
        return new TenantAccess(
                new UserPrincipal(id, false, Set.of(in), Role.VIEWER, Instant.MAX),
                in,
                Role.VIEWER,
                false);
    }
}
