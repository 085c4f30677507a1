package ai.artcafe.stack.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ArtcafeTest {

    @TempDir Path directory;
    private final ByteArrayOutputStream said = new ByteArrayOutputStream();

    private int run(String... arguments) {
        return Artcafe.execute(new PrintStream(said, true, StandardCharsets.UTF_8), arguments);
    }

    private String said() {
        return said.toString(StandardCharsets.UTF_8);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "dance", "up --sideways", "token", "token --user u --role king"})
    void whatIsAskedWronglyEndsWith2(String line) {
        assertThat(run(line.isEmpty() ? new String[0] : line.split(" "))).isEqualTo(2);
    }

    @Test
    void theKeysAreMadeInTheFolderThatIsNamed() {
        assertThat(run("keys", "--directory", directory.toString())).isZero();

        assertThat(directory.resolve("issuer.nk")).exists();
        assertThat(directory.resolve("jwks.json")).exists();
    }

    @Test
    void freshKeysReplaceTheOldOnes() throws Exception {
        run("keys", "--directory", directory.toString());
        String before = Files.readString(directory.resolve("tap.nk"));

        assertThat(run("keys", "--fresh", "--directory", directory.toString())).isZero();

        assertThat(Files.readString(directory.resolve("tap.nk"))).isNotEqualTo(before);
    }

    @Test
    void aFolderThatHoldsSomethingElseIsNotReplaced() throws Exception {
        Files.writeString(directory.resolve("thesis.txt"), "years of work");

        assertThat(run("keys", "--fresh", "--directory", directory.toString())).isEqualTo(1);

        assertThat(directory.resolve("thesis.txt")).exists();
    }

    @Test
    void theNatsConfigurationGoesToStandardOutputWhenAsked() {
        int code = run("nats-config", "--slots", "2", "--keys", directory.toString(), "-o", "-");

        assertThat(code).isZero();
        assertThat(said()).contains("S0002 {").doesNotContain("S0003");
    }

    @Test
    void aPoolOfTooManySlotsIsRefused() {
        assertThat(run("nats-config", "--slots", "10000", "--keys", directory.toString()))
                .isEqualTo(1);
    }
}
