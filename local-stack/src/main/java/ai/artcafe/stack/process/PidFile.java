package ai.artcafe.stack.process;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Optional;

/**
 * A running process, remembered in a file by id and start time: an id alone may have been given to
 * somebody else since.
 */
public record PidFile(Path file) {

    public void write(ProcessHandle process) {
        try {
            Files.createDirectories(file.toAbsolutePath().getParent());
            Files.writeString(file, process.pid() + " " + startOf(process) + "\n");
        } catch (IOException e) {
            throw new UncheckedIOException("cannot write " + file, e);
        }
    }

    public void delete() {
        try {
            Files.deleteIfExists(file);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot delete " + file, e);
        }
    }

    /** The process, if it is the one that was remembered and still runs. */
    public Optional<ProcessHandle> running() {
        String[] words;
        try {
            words = Files.readString(file).strip().split(" ", -1);
        } catch (IOException e) {
            return Optional.empty();
        }
        if (words.length != 2 || !words[0].matches("[0-9]{1,18}")) {
            return Optional.empty();
        }
        return ProcessHandle.of(Long.parseLong(words[0]))
                .filter(ProcessHandle::isAlive)
                .filter(process -> startOf(process).equals(words[1]));
    }

    private static String startOf(ProcessHandle process) {
        return Long.toString(process.info().startInstant().map(Instant::toEpochMilli).orElse(0L));
    }
}
