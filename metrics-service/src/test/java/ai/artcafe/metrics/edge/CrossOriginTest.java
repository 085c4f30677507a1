package ai.artcafe.metrics.edge;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.quarkus.vertx.http.security.HttpSecurity;
import java.lang.reflect.Proxy;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CrossOriginTest {

    private static final HttpSecurity UNTOUCHED =
            (HttpSecurity)
                    Proxy.newProxyInstance(
                            CrossOriginTest.class.getClassLoader(),
                            new Class<?>[] {HttpSecurity.class},
                            (_, method, _) -> {
                                throw new AssertionError(method + " was called");
                            });

    @Test
    void withoutOriginsNothingIsLetIn() {
        assertThatCode(() -> new CrossOrigin(Optional::empty).configure(UNTOUCHED))
                .doesNotThrowAnyException();
        assertThatCode(() -> new CrossOrigin(() -> Optional.of(Set.of())).configure(UNTOUCHED))
                .doesNotThrowAnyException();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "https://bi.example.com",
                "http://localhost:3000",
                "https://[2001:db8::1]:8443",
                "https://xn--bcher-kva.example"
            })
    void anOriginIsSchemeHostAndPort(String origin) {
        assertThatCode(() -> CrossOrigin.requireOrigin(origin)).doesNotThrowAnyException();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "*",
                "null",
                "/.*/",
                "bi.example.com",
                "https://*.example.com",
                "https://bi.example.com/",
                "https://bi.example.com/path",
                "https://user@bi.example.com",
                "https://bi.example.com?x",
                "ftp://bi.example.com",
                "file://",
                "https://",
                "https://a b"
            })
    void whatIsNoneStopsTheStart(String text) {
        assertThatThrownBy(() -> CrossOrigin.requireOrigin(text))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("artcafe.metrics.cors.origins")
                .hasMessageContaining(text);
    }
}
