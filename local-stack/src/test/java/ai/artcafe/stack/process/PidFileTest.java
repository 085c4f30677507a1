package ai.artcafe.stack.process;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PidFileTest {

    @TempDir Path directory;
    private PidFile file;

    @BeforeEach
    void name() {
        file = new PidFile(directory.resolve("run/part.pid"));
    }

    @Test
    void aRunningProcessIsFoundAgain() {
        file.write(ProcessHandle.current());

        assertThat(file.running()).hasValue(ProcessHandle.current());
    }

    @Test
    void anotherProcessThatWasGivenTheSameIdIsNotTakenForIt() throws Exception {
        Files.createDirectories(file.file().getParent());
        Files.writeString(file.file(), ProcessHandle.current().pid() + " 12345\n");

        assertThat(file.running()).isEmpty();
    }

    @Test
    void noFileIsNoProcess() {
        assertThat(file.running()).isEmpty();
    }

    @Test
    void aTornFileIsNoProcess() throws Exception {
        Files.createDirectories(file.file().getParent());
        Files.writeString(file.file(), "12");

        assertThat(file.running()).isEmpty();
    }
}
