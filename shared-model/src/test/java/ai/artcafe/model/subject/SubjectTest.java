package ai.artcafe.model.subject;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SubjectTest {

    @ParameterizedTest
    @ValueSource(strings = {"a", "tasks.new", "a.*.c", "a.>", ">", "*", "ünïcode.ok", "a>b", "a*"})
    void takes_dot_separated_tokens(String text) {
        assertThat(Subject.parse(text)).isPresent();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                ".",
                "a..b",
                ".a",
                "a.",
                "a b",
                "a\tb",
                "a.\n",
                "a.>.b",
                "a\u00a0b",
                "a\u0000",
                "a\ud800",
                "\udc00.a"
            })
    void refuses_what_a_server_could_misread(String text) {
        assertThat(Subject.parse(text)).isEmpty();
    }

    @Test
    void refuses_more_than_the_server_should_be_asked_to_hold() {
        assertThat(Subject.parse("a".repeat(Subject.MAX_BYTES))).isPresent();
        assertThat(Subject.parse("a".repeat(Subject.MAX_BYTES + 1))).isEmpty();
        assertThat(Subject.parse("a" + ".a".repeat(Subject.MAX_TOKENS - 1))).isPresent();
        assertThat(Subject.parse("a" + ".a".repeat(Subject.MAX_TOKENS))).isEmpty();
    }

    @Test
    void only_a_subject_without_wildcard_tokens_is_literal() {
        assertThat(new Subject("a.b*").isLiteral()).isTrue();
        assertThat(new Subject("a.*").isLiteral()).isFalse();
        assertThat(new Subject(">").isLiteral()).isFalse();
    }
}
