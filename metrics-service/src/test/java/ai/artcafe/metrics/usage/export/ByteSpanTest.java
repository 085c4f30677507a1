package ai.artcafe.metrics.usage.export;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.Arrays;
import java.util.Optional;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ByteSpanTest {

    @Test
    void isWhatIsLeftAPieceOrTheEnd() {
        assertThat(of("bytes=4-", 10)).contains(new ByteSpan(4, 9));
        assertThat(of("bytes=4-6", 10)).contains(new ByteSpan(4, 6));
        assertThat(of("bytes=4-99", 10)).contains(new ByteSpan(4, 9));
        assertThat(of("bytes=-3", 10)).contains(new ByteSpan(7, 9));
        assertThat(of("bytes=-30", 10)).contains(new ByteSpan(0, 9));
    }

    @Test
    void isNothingBeyondTheEnd() {
        assertThat(of("bytes=10-", 10)).isEmpty();
        assertThat(of("bytes=-0", 10)).isEmpty();
        assertThat(of("bytes=0-", 0)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "bytes=-",
                "bytes=6-4",
                "bytes=0-1,3-4",
                "lines=1-2",
                "bytes 1-2",
                "",
                "bytes=1-9999999999999999999999",
                "bytes=\u0663-",
                "bytes=-1-"
            })
    void whatIsNotServedIsIgnored(String header) {
        assertThat(ByteSpan.Asked.parse(header)).isEmpty();
    }

    @Property
    void aWindowLetsThroughExactlyItsBytes(
            @ForAll byte[] bytes,
            @ForAll @IntRange(max = 40) int skip,
            @ForAll @IntRange(max = 40) int length,
            @ForAll @IntRange(min = 1, max = 9) int chunk)
            throws IOException {
        int from = Math.min(skip, bytes.length);
        int to = Math.min(bytes.length, from + length);
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        Window window = new Window(out, skip, length);
        for (int at = 0; at < bytes.length; at += chunk) {
            window.write(Arrays.copyOfRange(bytes, at, Math.min(bytes.length, at + chunk)));
        }
        assertThat(out.toByteArray()).isEqualTo(Arrays.copyOfRange(bytes, from, to));
        assertThat(window.isFull()).isEqualTo(to - from == length);
    }

    private static Optional<ByteSpan> of(String header, long length) {
        return ByteSpan.Asked.parse(header).flatMap(asked -> asked.of(length));
    }
}
