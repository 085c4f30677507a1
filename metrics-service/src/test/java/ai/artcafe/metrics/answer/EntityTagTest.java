package ai.artcafe.metrics.answer;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class EntityTagTest {

    private static final EntityTag TAG = EntityTag.of("{}".getBytes(UTF_8));

    @Test
    void isTheSameForTheSameBytesOnly() {
        assertThat(EntityTag.of("{}".getBytes(UTF_8))).isEqualTo(TAG);
        assertThat(EntityTag.of("{ }".getBytes(UTF_8))).isNotEqualTo(TAG);
    }

    @Test
    void isFoundAmongOthersWeakOrStrong() {
        assertThat(TAG.isAmong(List.of("\"other\", " + TAG))).isTrue();
        assertThat(TAG.isAmong(List.of(TAG.toString().substring(2)))).isTrue();
        assertThat(TAG.isAmong(List.of("*"))).isTrue();
    }

    @Test
    void isNotFoundInWhatOnlyLooksLikeIt() {
        assertThat(TAG.isAmong(List.of())).isFalse();
        assertThat(TAG.isAmong(List.of(""))).isFalse();
        assertThat(TAG.isAmong(List.of(TAG.value()))).isFalse();
        assertThat(TAG.isAmong(List.of("W/W/" + TAG))).isFalse();
    }
}
