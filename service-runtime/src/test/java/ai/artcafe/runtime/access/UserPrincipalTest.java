package ai.artcafe.runtime.access;

import static org.assertj.core.api.Assertions.assertThat;

import ai.artcafe.model.access.Role;
import ai.artcafe.model.identity.TenantId;
import java.time.Instant;
import java.util.Set;
import org.junit.jupiter.api.Test;

class UserPrincipalTest {

    private static final TenantId OURS = new TenantId("ours");
    private static final TenantId THEIRS = new TenantId("theirs");

    @Test
    void aMemberHasTheRoleInTheirTenantsOnly() {
        UserPrincipal member =
                new UserPrincipal("ada", false, Set.of(OURS), Role.MEMBER, Instant.MAX);

        assertThat(member.roleIn(OURS)).contains(Role.MEMBER);
        assertThat(member.roleIn(THEIRS)).isEmpty();
    }

    @Test
    void anOperatorIsAdminEverywhere() {
        UserPrincipal operator =
                new UserPrincipal("root", true, Set.of(OURS), Role.VIEWER, Instant.MAX);

        assertThat(operator.roleIn(OURS)).contains(Role.ADMIN);
        assertThat(operator.roleIn(THEIRS)).contains(Role.ADMIN);
    }
}
