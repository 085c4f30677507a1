package ai.artcafe.metrics.edge;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.CharRange;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class EscapesTest {

    @ParameterizedTest
    @ValueSource(
            strings = {"", "/", "/a?b=c+d", "/%25", "/%c3%A9x%C3%a9", "/a%F0%9F%92%A5%41", "*"})
    void anyTextMayBeEscaped(String address) {
        assertThat(Escapes.areText(address)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/%",
                "/%4",
                "/%zz",
                "/%u0041",
                "/%4%31",
                "/%00",
                "/a%00b",
                "/%ff",
                "/%c0%af",
                "/%ed%a0%80",
                "/%c3",
                "/%c3x%a9",
                "/é",
                "/a b",
                "/a\u0001",
                "/\u007f"
            })
    void whatIsNoTextIsRefused(String address) {
        assertThat(Escapes.areText(address)).isFalse();
    }

    @Property
    void whatIsEscapedAsItShouldBePasses(
            @ForAll @CharRange(from = '\u0001', to = '\ud7ff') String text) {
        assertThat(Escapes.areText("/?a=" + URLEncoder.encode(text, StandardCharsets.UTF_8)))
                .isTrue();
    }
}
