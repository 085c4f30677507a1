package ai.artcafe.runtime.status;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SessionHashTest {

    @Test
    void oneSessionIsTheSameEverywhereAndItsIdIsNotInTheHash() {
        String id = "0f6c1c9e-session";

        assertThat(SessionHash.of(id)).isEqualTo(SessionHash.of(id)).isPresent();
        assertThat(SessionHash.of(id).orElseThrow()).hasSize(32).doesNotContain("session");
        assertThat(SessionHash.of(id)).isNotEqualTo(SessionHash.of(id + "x"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " ", "a b", "a\u0000b", "ä", "line\nfeed"})
    void whatCannotBeASessionsIdIsNone(String id) {
        assertThat(SessionHash.of(id)).isEmpty();
    }

    @Test
    void anIdThatIsTooLongIsNone() {
        assertThat(SessionHash.of("x".repeat(128))).isPresent();
        assertThat(SessionHash.of("x".repeat(129))).isEmpty();
    }
}
