package ai.artcafe.stack;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/** A folder with all that is in it. */
public record FolderTree(Path root) {

    public void delete() {
        if (Files.notExists(root)) {
            return;
        }
        try {
            for (Path file : files().reversed()) {
                Files.deleteIfExists(file);
            }
        } catch (IOException e) {
            throw new UncheckedIOException("cannot delete " + root, e);
        }
    }

    /** Copies it there; what was there is gone. */
    public void copyTo(Path target) {
        new FolderTree(target).delete();
        try {
            Files.createDirectories(target.toAbsolutePath().getParent());
            for (Path file : files()) {
                Files.copy(
                        file,
                        target.resolve(root.relativize(file)),
                        StandardCopyOption.COPY_ATTRIBUTES);
            }
        } catch (IOException e) {
            throw new UncheckedIOException("cannot copy " + root + " to " + target, e);
        }
    }

    /** Parents before children. */
    private List<Path> files() throws IOException {
        try (Stream<Path> files = Files.walk(root)) {
            return files.sorted(Comparator.naturalOrder()).toList();
        }
    }
}
