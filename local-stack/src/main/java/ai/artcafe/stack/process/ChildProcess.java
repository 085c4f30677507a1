package ai.artcafe.stack.process;

import ai.artcafe.stack.StackException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/**
 * Starts processes that end with this JVM, whatever ends it. Where {@code setpriv} exists the
 * kernel sees to that; it acts when the <em>thread</em> that forked ends, hence the one thread here
 * that starts them all and never ends. Elsewhere a shutdown hook does what it can. A session of
 * their own keeps a terminal's Ctrl-C from them: they are stopped in order instead.
 */
public final class ChildProcess {

    private static final ExecutorService FORKER =
            Executors.newSingleThreadExecutor(
                    Thread.ofPlatform().daemon().name("artcafe-forker").factory());

    private static final int TAIL_BYTES = 32 * 1024;

    private ChildProcess() {}

    /**
     * @param log what it says is appended here
     */
    public static Process start(
            List<String> command, Map<String, String> environment, Path directory, Path log) {
        List<String> line = new ArrayList<>();
        Executable.onPath("setsid").ifPresent(setsid -> line.add(setsid.toString()));
        Executable.onPath("setpriv")
                .ifPresent(setpriv ->
                        line.addAll(List.of(setpriv.toString(), "--pdeathsig", "KILL", "--")));
        line.addAll(command);
        ProcessBuilder builder = new ProcessBuilder(line);
        builder.environment().putAll(environment);
        builder.directory(directory.toFile());
        builder.redirectErrorStream(true);
        builder.redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()));
        builder.redirectInput(ProcessBuilder.Redirect.from(Path.of("/dev/null").toFile()));
        try {
            Files.createDirectories(directory);
            Files.createDirectories(log.toAbsolutePath().getParent());
            Process process = FORKER.submit(builder::start).get();
            Shutdown.kill(process);
            return process;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new StackException("interrupted while starting " + command.getFirst(), e);
        } catch (ExecutionException | IOException e) {
            throw new StackException(
                    command.getFirst() + " could not be started: " + e.getMessage(), e);
        }
    }

    /**
     * The last lines of a log, for a message.
     *
     * @param from bytes that belong to an earlier start
     */
    public static String tail(Path log, long from, int lines) {
        try (FileChannel file = FileChannel.open(log)) {
            long begin = Math.max(from, file.size() - TAIL_BYTES);
            ByteBuffer bytes = ByteBuffer.allocate((int) Math.max(0, file.size() - begin));
            while (bytes.hasRemaining() && file.read(bytes, begin + bytes.position()) >= 0) {
                // until all is there
            }
            List<String> all =
                    new String(bytes.array(), 0, bytes.position(), StandardCharsets.UTF_8)
                            .lines()
                            .toList();
            return String.join("\n", all.subList(Math.max(0, all.size() - lines), all.size()));
        } catch (IOException e) {
            return "(" + log + " cannot be read: " + e.getMessage() + ")";
        }
    }

    /** How long the log is now, in bytes; 0 when there is none. */
    static long length(Path log) {
        try {
            return Files.exists(log) ? Files.size(log) : 0;
        } catch (IOException e) {
            return 0;
        }
    }
}
