package ai.artcafe.stack.cli;

import ai.artcafe.stack.StackException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** Ends what runs, and what a crash has left behind. */
record Takedown(Platform platform, Terminal terminal) {

    private static final Duration IN_ORDER = Duration.ofSeconds(60);
    private static final Duration AT_ONCE = Duration.ofSeconds(10);

    /** Ends everything; returns when no process of ours is left. */
    void all() {
        platform.supervisor()
                .running()
                .ifPresentOrElse(
                        supervisor -> {
                            terminal.line("Stopping");
                            supervisor.destroy();
                            if (!ends(supervisor, IN_ORDER)) {
                                supervisor.destroyForcibly();
                                ends(supervisor, AT_ONCE);
                            }
                        },
                        () -> terminal.line("Nothing is up."));
        leftovers();
        terminal.line("No process of this checkout is left.");
    }

    /** Ends processes whose supervisor is gone. */
    void leftovers() {
        List<ProcessHandle> left = platform.processes();
        for (ProcessHandle process : left) {
            terminal.line("Ending process " + process.pid() + ", left behind by a crash");
            process.descendants().forEach(ProcessHandle::destroyForcibly);
            process.destroyForcibly();
            if (!ends(process, AT_ONCE)) {
                throw new StackException("process " + process.pid() + " cannot be ended");
            }
        }
        Platform.parts().forEach(part -> platform.pidFile(part).delete());
        platform.supervisor().delete();
        try {
            Files.deleteIfExists(platform.readyMark());
        } catch (IOException e) {
            throw new UncheckedIOException("cannot delete " + platform.readyMark(), e);
        }
    }

    private static boolean ends(ProcessHandle process, Duration within) {
        CompletableFuture<ProcessHandle> end = process.onExit();
        try {
            end.get(within.toMillis(), TimeUnit.MILLISECONDS);
            return true;
        } catch (TimeoutException e) {
            return false;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        } catch (ExecutionException e) {
            throw new StackException("process " + process.pid() + " cannot be watched", e);
        }
    }
}
