package ai.artcafe.stack.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TimeSpanTest {

    @ParameterizedTest
    @CsvSource({"30s, PT30S", "15m, PT15M", "1h, PT1H", "2d, PT48H"})
    void spansAreWrittenAsPeopleWriteThem(String text, Duration span) {
        assertThat(TimeSpan.parse(text)).isEqualTo(span);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "h", "0h", "1", "-1h", "1w", "1.5h"})
    void anythingElseIsRefused(String text) {
        assertThatIllegalArgumentException().isThrownBy(() -> TimeSpan.parse(text));
    }

    @Test
    void theRefusalNamesTheForm() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> TimeSpan.parse("soon"))
                .withMessage("ttl must be like 30s, 15m, 1h or 2d, but is soon");
    }
}
