package ai.artcafe.system.deployment;

import static org.assertj.core.api.Assertions.assertThat;

import ai.artcafe.model.problem.ErrorCode;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

class ErrorDocumentTest {

    private static final Pattern ROW =
            Pattern.compile("^\\| <a id=\"([a-z_]+)\"></a>`\\1` \\| (\\d+) \\|", Pattern.MULTILINE);

    @Test
    void every_error_is_documented_with_its_status() {
        List<String> documented =
                ROW.matcher(Checkout.text("docs/errors.md"))
                        .results()
                        .map(row -> row.group(1) + " " + row.group(2))
                        .toList();

        assertThat(documented)
                .containsExactlyInAnyOrderElementsOf(
                        Arrays.stream(ErrorCode.values())
                                .map(error -> error.code() + " " + error.httpStatus())
                                .toList());
    }
}
