package ai.artcafe.runtime.access;

import static org.assertj.core.api.Assertions.assertThat;

import ai.artcafe.model.identity.TenantId;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class TenantChoiceTest {

    private static final TenantChoice ACME = new TenantChoice.Named(new TenantId("acme"));

    @Test
    void headerAndParameterMayEachNameTheTenantOrAgree() {
        assertThat(TenantChoice.of(Optional.of("acme"), Optional.empty())).isEqualTo(ACME);
        assertThat(TenantChoice.of(Optional.empty(), Optional.of("acme"))).isEqualTo(ACME);
        assertThat(TenantChoice.of(Optional.of("acme"), Optional.of("acme"))).isEqualTo(ACME);
    }

    @Test
    void noneIsNamed() {
        assertThat(TenantChoice.of(Optional.empty(), Optional.empty()))
                .isEqualTo(new TenantChoice.Unspecified());
    }

    @Test
    void theyMustNotDiffer() {
        assertThat(TenantChoice.of(Optional.of("acme"), Optional.of("other")))
                .isInstanceOf(TenantChoice.Invalid.class);
    }

    @Test
    void whatIsNoIdIsToldSo() {
        assertThat(TenantChoice.of(Optional.of("../acme"), Optional.empty()))
                .isInstanceOfSatisfying(
                        TenantChoice.Invalid.class,
                        invalid -> assertThat(invalid.detail()).contains("tenant_id", "../acme"));
    }
}
