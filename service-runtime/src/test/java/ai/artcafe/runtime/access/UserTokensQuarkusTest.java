package ai.artcafe.runtime.access;

import static org.assertj.core.api.Assertions.assertThat;

import ai.artcafe.model.access.Role;
import ai.artcafe.model.identity.TenantId;
import ai.artcafe.runtime.problem.IssuerKeys;
import ai.artcafe.stack.LocalStack;
import ai.artcafe.stack.TokenRequest;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import org.junit.jupiter.api.Test;

@QuarkusTest
@QuarkusTestResource(IssuerKeys.class)
class UserTokensQuarkusTest {

    private static final TenantId ACME = new TenantId("acme");

    @Inject UserTokens tokens;

    @Test
    void aTokenOfTheIssuerTellsWhoItIs() {
        String token = token(TokenRequest.member("ada", ACME, Role.MEMBER));

        assertThat(tokens.verify(token))
                .isInstanceOfSatisfying(
                        TokenVerdict.Accepted.class,
                        accepted -> {
                            assertThat(accepted.user().id()).isEqualTo("ada");
                            assertThat(accepted.user().operator()).isFalse();
                            assertThat(accepted.user().tenants()).containsExactly(ACME);
                            assertThat(accepted.user().role()).isEqualTo(Role.MEMBER);
                        });
    }

    @Test
    void anOperatorIsKnownByTheirGroup() {
        assertThat(tokens.verify(token(TokenRequest.operator("root"))))
                .isInstanceOfSatisfying(
                        TokenVerdict.Accepted.class,
                        accepted -> assertThat(accepted.user().operator()).isTrue());
    }

    @Test
    void anythingElseIsRefused() {
        String good = token(TokenRequest.operator("root"));
        String[] parts = good.split("\\.");
        String unsigned = base64("{\"alg\":\"none\"}") + "." + parts[1] + ".";

        assertThat(tokens.verify("")).isEqualTo(new TokenVerdict.Refused());
        assertThat(tokens.verify("a.b.c")).isEqualTo(new TokenVerdict.Refused());
        assertThat(tokens.verify(unsigned)).isEqualTo(new TokenVerdict.Refused());
        assertThat(tokens.verify(parts[0] + "." + parts[1] + "."))
                .isEqualTo(new TokenVerdict.Refused());
    }

    private static String token(TokenRequest request) {
        return LocalStack.shared().tokens().token(request);
    }

    private static String base64(String text) {
        return Base64.getUrlEncoder()
                .withoutPadding()
                .encodeToString(text.getBytes(StandardCharsets.UTF_8));
    }
}
