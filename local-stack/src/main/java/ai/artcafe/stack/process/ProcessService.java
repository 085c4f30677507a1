package ai.artcafe.stack.process;

import ai.artcafe.stack.BackingService;
import ai.artcafe.stack.StackException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/** A part that runs as a child process of this JVM. Safe for use by several threads. */
public final class ProcessService implements BackingService {

    private static final Duration STOP_WITHIN = Duration.ofSeconds(15);
    private static final int TAIL_LINES = 20;

    private final Launch launch;
    private final PidFile pidFile;
    private long logBegin; // guarded by this
    private Optional<Process> process = Optional.empty(); // guarded by this

    /**
     * What to run and how to tell that it answers.
     *
     * @param command program and arguments
     * @param environment variables on top of our own
     * @param directory its working directory, made when missing
     * @param log what it says
     * @param pidFile holds its process id while it runs
     * @param ready tells whether it answers
     * @param within how long it may take
     */
    public record Launch(
            String name,
            int port,
            List<String> command,
            Map<String, String> environment,
            Path directory,
            Path log,
            Path pidFile,
            Probe ready,
            Duration within) {}

    public ProcessService(Launch launch) {
        this.launch = launch;
        this.pidFile = new PidFile(launch.pidFile());
    }

    @Override
    public String name() {
        return launch.name();
    }

    @Override
    public int port() {
        return launch.port();
    }

    /** What it said, a file. */
    public Path log() {
        return launch.log();
    }

    @Override
    public synchronized long pid() {
        return process.map(Process::pid)
                .orElseThrow(() -> new StackException(launch.name() + " does not run"));
    }

    @Override
    public synchronized boolean isRunning() {
        return process.map(Process::isAlive).orElse(false);
    }

    /** Whether it answers now. */
    public boolean answers() {
        return isRunning() && launch.ready().answers();
    }

    @Override
    public synchronized void start() {
        if (isRunning()) {
            return;
        }
        logBegin = ChildProcess.length(launch.log());
        Process started =
                ChildProcess.start(
                        launch.command(), launch.environment(), launch.directory(), launch.log());
        process = Optional.of(started);
        pidFile.write(started.toHandle());
        long deadline = System.nanoTime() + launch.within().toNanos();
        while (!launch.ready().answers()) {
            if (!started.isAlive()) {
                throw failure("ended with exit code " + started.exitValue());
            }
            if (System.nanoTime() > deadline) {
                kill();
                throw failure("did not answer within " + launch.within().toSeconds() + " s");
            }
            pause(started);
        }
    }

    private StackException failure(String what) {
        return new StackException(
                launch.name()
                        + " "
                        + what
                        + "; it said last ("
                        + launch.log()
                        + "):\n"
                        + ChildProcess.tail(launch.log(), logBegin, TAIL_LINES).indent(4));
    }

    private static void pause(Process process) {
        try {
            process.waitFor(20, TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            process.destroyForcibly();
            throw new StackException("interrupted while waiting for a process", e);
        }
    }

    @Override
    public synchronized void kill() {
        process.ifPresent(running -> {
            running.destroyForcibly();
            awaitEnd(running, STOP_WITHIN);
        });
        forget();
    }

    @Override
    public synchronized void stop() {
        process.ifPresent(running -> {
            running.destroy();
            if (!awaitEnd(running, STOP_WITHIN)) {
                running.destroyForcibly();
                awaitEnd(running, STOP_WITHIN);
            }
        });
        forget();
    }

    private static boolean awaitEnd(Process running, Duration within) {
        try {
            return running.waitFor(within.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            running.destroyForcibly();
            return false;
        }
    }

    private void forget() {
        process = Optional.empty();
        pidFile.delete();
    }
}
