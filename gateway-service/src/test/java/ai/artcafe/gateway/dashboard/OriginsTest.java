package ai.artcafe.gateway.dashboard;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class OriginsTest {

    private static final String HOST = "gw.example.com:8080";

    @ParameterizedTest
    @CsvSource({
        "https://gw.example.com, true",
        "http://GW.example.com:8082, true",
        "https://app.example.com, true",
        "https://App.Example.com, true",
        "http://app.example.com, false",
        "https://evil.example.com, false",
        "https://gw.example.com.evil.org, false",
        "null, false",
        "https://, false",
        "'not an address', false"
    })
    void onlyItsOwnAndAllowedPagesMay(String origin, boolean may) {
        Origins origins = new Origins(List.of("https://app.example.com"));
        assertThat(origins.admits(Optional.of(origin), Optional.of(HOST))).isEqualTo(may);
        assertThat(origins.admits(Optional.of(origin), Optional.empty()))
                .isEqualTo(origin.equalsIgnoreCase("https://app.example.com"));
    }

    @Test
    void whoIsNoBrowserMay() {
        assertThat(new Origins(List.of()).admits(Optional.empty(), Optional.of(HOST))).isTrue();
    }

    @Test
    void everyPageMayWhereAllAreAllowed() {
        assertThat(
                        new Origins(List.of("*"))
                                .admits(Optional.of("https://x.org"), Optional.of(HOST)))
                .isTrue();
    }
}
