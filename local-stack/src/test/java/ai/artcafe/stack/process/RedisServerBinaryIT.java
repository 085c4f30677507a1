package ai.artcafe.stack.process;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The program that is brought along stays where everybody finds it. */
class RedisServerBinaryIT {

    @TempDir Path folder;

    /** What any other JVM of the same checkout does. */
    static final class Unpacking {

        private Unpacking() {}

        public static void main(String[] arguments) {
            System.out.println(RedisServerBinary.unpacked(Path.of(arguments[0])));
        }
    }

    @Test
    void theEndOfAnotherJvmLeavesTheProgramToTheOthers() throws Exception {
        Path program = RedisServerBinary.unpacked(folder);

        assertThat(unpackElsewhere()).isEqualTo(program.toString());
        assertThat(program).isExecutable();
    }

    @Test
    void theEndOfTheJvmThatUnpackedItLeavesNothingElse() throws Exception {
        String program = unpackElsewhere();

        assertThat(Path.of(program)).isExecutable();
        try (Stream<Path> files = Files.list(folder)) {
            assertThat(files).containsExactly(Path.of(program));
        }
        assertThat(RedisServerBinary.unpacked(folder)).hasToString(program);
    }

    private String unpackElsewhere() throws Exception {
        Process process =
                new ProcessBuilder(
                                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                                "-cp",
                                System.getProperty("java.class.path"),
                                Unpacking.class.getName(),
                                folder.toString())
                        .redirectError(ProcessBuilder.Redirect.INHERIT)
                        .start();
        String said = new String(process.getInputStream().readAllBytes()).strip();
        assertThat(process.waitFor()).isZero();
        return said;
    }
}
