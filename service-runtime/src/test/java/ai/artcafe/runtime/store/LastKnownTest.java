package ai.artcafe.runtime.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.github.benmanes.caffeine.cache.Ticker;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class LastKnownTest {

    private final AtomicLong nanos = new AtomicLong();
    private final AtomicInteger reads = new AtomicInteger();
    private boolean away;
    private final LastKnown<String, String> values =
            new LastKnown<>(this::read, Runnable::run, (Ticker) nanos::get);

    private String read(String key) {
        reads.incrementAndGet();
        if (away) {
            throw new StoreAwayException("dynamodb", new IllegalStateException("down"));
        }
        return key + reads;
    }

    @Test
    void aValueIsReadOnceAndAgainAfterTwoSeconds() {
        assertThat(values.get("a")).isEqualTo("a1");
        pass(LastKnown.FRESH.minusMillis(1));
        assertThat(values.get("a")).isEqualTo("a1");
        pass(Duration.ofMillis(2));
        assertThat(values.get("a")).isEqualTo("a2");
    }

    @Test
    void theLastKnownValueStandsInForAStoreThatIsAway() {
        values.get("a");
        away = true;
        pass(Duration.ofMinutes(30));

        assertThat(values.get("a")).isEqualTo("a1");
        assertThat(values.get("a")).isEqualTo("a1");
        assertThat(reads).as("the store is not asked for every reader").hasValue(2);
    }

    @Test
    void itIsForgottenAfterAnHour() {
        values.get("a");
        away = true;
        pass(LastKnown.REMEMBERED.plusMillis(1));

        assertThatThrownBy(() -> values.get("a")).isInstanceOf(StoreAwayException.class);
    }

    @Test
    void anUnknownValueFailsAndIsReadAnewOnceTheStoreIsBack() {
        away = true;
        assertThatThrownBy(() -> values.get("a"))
                .isInstanceOfSatisfying(
                        StoreAwayException.class,
                        error -> assertThat(error.store()).isEqualTo("dynamodb"));
        away = false;

        assertThat(values.get("a")).isEqualTo("a2");
    }

    @Test
    void whatIsForgottenOnPurposeIsReadAnew() {
        values.get("a");
        values.forget("a");

        assertThat(values.get("a")).isEqualTo("a2");
    }

    private void pass(Duration time) {
        nanos.addAndGet(time.toNanos());
    }
}
