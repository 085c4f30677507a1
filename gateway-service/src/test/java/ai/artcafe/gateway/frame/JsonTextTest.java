package ai.artcafe.gateway.frame;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class JsonTextTest {

    private static final ObjectMapper JSON = new ObjectMapper();

    private final JsonText text = new JsonText(100);

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '\u0001',
            value = {
                "1|1",
                " 1.0e+10 |1.0e+10",
                "\"a b\"|\"a b\"",
                "{ \"a\" : [ 1 , true , null ] }|{\"a\":[1,true,null]}",
                "\"\\\" \\\\\"|\"\\\" \\\\\"",
                "{\"a\":1, \"a\":2}|{\"a\":1,\"a\":2}",
                "\"\\u00e9 é 😀\"|\"\\u00e9 é 😀\"",
                "12345678901234567890.10|12345678901234567890.10"
            })
    void onlyWhiteSpaceBetweenTokensGoes(String written, String compact) {
        assertThat(text.compact(utf8(written)).map(JsonTextTest::string)).contains(compact);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                " ",
                "{",
                "1 2",
                "{\"a\":}",
                "'a'",
                "nul",
                "NaN",
                "\u0000",
                "\"a\nb\"",
                "[1,]",
                "01",
                "// x\n1",
                "\uFEFF1"
            })
    void whatIsNoJsonIsNotTaken(String junk) {
        assertThat(text.compact(utf8(junk))).isEmpty();
    }

    @Test
    void malformedUtf8IsNotTaken() {
        for (byte[] bytes :
                new byte[][] {
                    {'"', (byte) 0xff, '"'},
                    {'"', (byte) 0xc0, (byte) 0x80, '"'},
                    {'"', (byte) 0xed, (byte) 0xa0, (byte) 0x80, '"'},
                    {'"', (byte) 0xe2, (byte) 0x82, '"'}
                }) {
            assertThat(text.compact(bytes)).isEmpty();
        }
    }

    @Property(tries = 500)
    void whatPrettyPrintingAddsIsTakenOff(@ForAll("values") Object value) throws IOException {
        byte[] pretty = JSON.writerWithDefaultPrettyPrinter().writeValueAsBytes(value);
        byte[] compact = JSON.writeValueAsBytes(value);
        assertThat(text.compact(pretty))
                .hasValueSatisfying(result -> assertThat(result).isEqualTo(compact));
        assertThat(text.compact(compact))
                .hasValueSatisfying(result -> assertThat(result).isEqualTo(compact));
    }

    @Provide
    Arbitrary<Object> values() {
        Arbitrary<Object> scalars =
                Arbitraries.oneOf(
                        Arbitraries.strings().ofMaxLength(12).map(s -> s),
                        Arbitraries.longs().map(l -> l),
                        Arbitraries.doubles().map(d -> d),
                        Arbitraries.of(true, false).map(b -> b));
        return Arbitraries.recursive(
                () -> scalars,
                inner ->
                        Arbitraries.oneOf(
                                inner.list().ofMaxSize(4).map(list -> list),
                                Arbitraries.maps(Arbitraries.strings().ofMaxLength(5), inner)
                                        .ofMaxSize(4)
                                        .map(map -> map)),
                0,
                3);
    }

    private static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private static String string(byte[] bytes) {
        return new String(bytes, StandardCharsets.UTF_8);
    }
}
