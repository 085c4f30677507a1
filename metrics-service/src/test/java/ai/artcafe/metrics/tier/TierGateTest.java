package ai.artcafe.metrics.tier;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.artcafe.model.plan.Tier;
import ai.artcafe.model.problem.ErrorCode;
import ai.artcafe.model.problem.ProblemException;
import org.junit.jupiter.api.Test;

class TierGateTest {

    @Test
    void aTierThatIncludesTheFeaturePasses() {
        assertThatCode(() -> TierGate.require(Tier.PROFESSIONAL, Feature.AGENT_USAGE))
                .doesNotThrowAnyException();
        assertThatCode(() -> TierGate.require(Tier.ENTERPRISE, Feature.AGENT_USAGE))
                .doesNotThrowAnyException();
    }

    @Test
    void oneThatDoesNotIsToldWhichOneDoes() {
        assertThatThrownBy(() -> TierGate.require(Tier.BASIC, Feature.ANOMALIES))
                .isInstanceOfSatisfying(
                        ProblemException.class,
                        problem -> {
                            assertThat(problem.code()).isEqualTo(ErrorCode.TIER_REQUIRED);
                            assertThat(problem.members())
                                    .containsEntry("required_tier", "enterprise");
                        });
    }

    @Test
    void everythingThatATierLacksIsNamed() {
        assertThat(Feature.lockedFor(Tier.BASIC)).hasSize(Feature.values().length);
        assertThat(Feature.lockedFor(Tier.PROFESSIONAL))
                .extracting(LockedFeature::requires)
                .containsOnly(Tier.ENTERPRISE);
        assertThat(Feature.lockedFor(Tier.ENTERPRISE)).isEmpty();
    }
}
