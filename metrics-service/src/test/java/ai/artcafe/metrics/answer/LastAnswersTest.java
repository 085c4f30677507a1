package ai.artcafe.metrics.answer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.artcafe.model.identity.TenantId;
import ai.artcafe.model.plan.Tier;
import ai.artcafe.runtime.store.StoreAwayException;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.net.ConnectException;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;

class LastAnswersTest {

    private record Number(int value, boolean stale) implements Answer<Number> {

        @Override
        public Number asStale() {
            return new Number(value, true);
        }

        @Override
        public int rows() {
            return 1;
        }
    }

    private static final Supplier<Number> AWAY =
            () -> {
                throw new StoreAwayException("redis", new ConnectException());
            };

    private final SimpleMeterRegistry metrics = new SimpleMeterRegistry();
    private final LastAnswers answers = new LastAnswers(metrics);

    @Test
    void aFreshAnswerIsGivenAsItIs() {
        assertThat(ask("acme", Tier.BASIC, () -> new Number(1, false)))
                .isEqualTo(new Number(1, false));
    }

    @Test
    void theLastOneIsGivenMarkedStaleWhileAStoreIsAway() {
        ask("acme", Tier.BASIC, () -> new Number(1, false));
        ask("acme", Tier.BASIC, () -> new Number(2, false));

        assertThat(ask("acme", Tier.BASIC, AWAY)).isEqualTo(new Number(2, true));
        assertThat(metrics.counter("artcafe.metrics.answers.stale", "store", "redis").count())
                .isEqualTo(1);
    }

    @Test
    void anotherTenantsOrAnotherTiersAnswerIsNever() {
        ask("acme", Tier.ENTERPRISE, () -> new Number(1, false));

        assertThatThrownBy(() -> ask("other", Tier.ENTERPRISE, AWAY))
                .isInstanceOf(StoreAwayException.class);
        assertThatThrownBy(() -> ask("acme", Tier.BASIC, AWAY))
                .isInstanceOf(StoreAwayException.class);
    }

    @Test
    void aFaultOfOursIsNotCoveredUp() {
        ask("acme", Tier.BASIC, () -> new Number(1, false));

        assertThatThrownBy(() ->
                        ask(
                                "acme",
                                Tier.BASIC,
                                () -> {
                                    throw new IllegalStateException("bug");
                                }))
                .hasMessage("bug");
    }

    private Number ask(String tenant, Tier tier, Supplier<Number> fresh) {
        return answers.answer(
                new Question(new TenantId(tenant), tier, "number"), Number.class, fresh);
    }
}
