package ai.artcafe.model.problem;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class ErrorCodeTest {

    @ParameterizedTest
    @EnumSource
    void every_error_has_a_status_of_an_error_and_a_title(ErrorCode code) {
        assertThat(code.httpStatus()).isBetween(400, 599);
        assertThat(code.title()).isNotBlank();
        assertThat(code.code()).matches("[a-z_]+");
        code.closeCode().ifPresent(close -> assertThat(close).isBetween(4400, 4599));
    }

    @Test
    void the_close_codes_are_the_published_ones() {
        assertThat(
                        Arrays.stream(ErrorCode.values())
                                .flatMap(code -> code.closeCode().stream())
                                .distinct())
                .containsExactlyInAnyOrder(4400, 4401, 4403, 4408, 4409, 4410, 4413, 4429, 4503);
    }
}
