package ai.artcafe.stack.cli;

import ai.artcafe.stack.Backing;
import ai.artcafe.stack.NatsIdentity;
import ai.artcafe.stack.StackException;
import ai.artcafe.stack.broker.Kicker;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

@Command(
        name = "drain",
        description = "empties a NATS server before a planned restart, so that no count is lost")
final class DrainCommand implements Callable<Integer> {

    private static final Duration RESTART_WITHIN = Duration.ofSeconds(60);

    private final Terminal terminal;

    @Option(names = "--nats", description = "the server; this checkout's unless given")
    private Optional<URI> nats = Optional.empty();

    @Option(names = "--redis", description = "the trackers' Redis; this checkout's unless given")
    private Optional<URI> redis = Optional.empty();

    @Option(names = "--keys", description = "folder with kicker.nk; this checkout's unless given")
    private Optional<Path> keys = Optional.empty();

    @Option(
            names = "--pid",
            description = "the server's process on this machine; this checkout's unless given")
    private Optional<Long> pid = Optional.empty();

    @Option(
            names = "--no-signal",
            description = "the server was told lame duck mode already, from elsewhere")
    private boolean noSignal;

    @Option(names = "--restart", description = "ends it then, and starts it again")
    private boolean restart;

    @Option(
            names = "--patience",
            defaultValue = "40s",
            description = "how long each step may take; 40s unless given")
    private String patience = "40s";

    DrainCommand(Terminal terminal) {
        this.terminal = terminal;
    }

    @Override
    public Integer call() {
        Optional<Platform> here = isElsewhere() ? Optional.empty() : Optional.of(running());
        if (restart && here.isEmpty()) {
            throw new StackException("--restart is for this checkout's own server");
        }
        URI server = nats.orElseGet(() -> local("nats", here, Backing.NATS));
        URI progress = redis.orElseGet(() -> local("redis", here, Backing.REDIS));
        Path seeds =
                keys.or(() -> here.map(Platform::keys))
                        .orElseThrow(() -> new StackException("--keys is missing"));
        OptionalLong process = process(here);
        long begin = System.nanoTime();
        terminal.line("Draining NATS at " + server);
        try (Kicker kicker =
                Kicker.connect(server, seed(seeds.resolve(NatsIdentity.KICKER.id() + ".nk")))) {
            Drain drain =
                    new Drain(
                            kicker,
                            new LedgerProgress(progress),
                            TimeSpan.parse(patience),
                            terminal);
            drain.requireTracker();
            process.ifPresent(id -> {
                Signals.lameDuck(id);
                terminal.line("  %-10s takes no new connections".formatted("server"));
            });
            drain.kickAll();
            Instant through = drain.awaitPolls();
            drain.awaitComparison(through);
        }
        terminal.line(
                "Drained in %d s: all that it has counted is in the ledger."
                        .formatted(TimeUnit.NANOSECONDS.toSeconds(System.nanoTime() - begin)));
        if (restart) {
            restart(here.orElseThrow(), process.orElseThrow());
        } else {
            terminal.line("Stop it now, or wait: it ends by itself within 90 s.");
        }
        return 0;
    }

    private static String seed(Path file) {
        try {
            return Files.readString(file).strip();
        } catch (IOException e) {
            throw new StackException("cannot read " + file, e);
        }
    }

    private boolean isElsewhere() {
        return nats.isPresent() && redis.isPresent() && keys.isPresent();
    }

    private static Platform running() {
        Platform platform = Platform.here();
        if (!platform.isUp()) {
            throw new StackException("nothing is up here: ./artcafe up starts it");
        }
        return platform;
    }

    private static URI local(String scheme, Optional<Platform> here, Backing backing) {
        return here.map(platform ->
                        URI.create(scheme + "://127.0.0.1:" + platform.ports().of(backing)))
                .orElseThrow();
    }

    private OptionalLong process(Optional<Platform> here) {
        if (noSignal) {
            return OptionalLong.empty();
        }
        return OptionalLong.of(
                pid.or(() ->
                                here.flatMap(platform ->
                                                platform.pidFile(Backing.NATS.id()).running())
                                        .map(ProcessHandle::pid))
                        .orElseThrow(() ->
                                new StackException(
                                        "--pid is missing, or --no-signal when the server was told"
                                                + " lame duck mode from elsewhere")));
    }

    /** The process that watches the platform starts it again. */
    private void restart(Platform platform, long process) {
        try {
            Files.createFile(platform.restartMark());
        } catch (IOException e) {
            throw new UncheckedIOException("cannot write " + platform.restartMark(), e);
        }
        ProcessHandle.of(process).ifPresent(ProcessHandle::destroy);
        long deadline = System.nanoTime() + RESTART_WITHIN.toNanos();
        while (Files.exists(platform.restartMark())) {
            if (System.nanoTime() > deadline) {
                throw new StackException(
                        "NATS was not started again; see " + platform.log(Backing.NATS.id()));
            }
            try {
                TimeUnit.MILLISECONDS.sleep(200);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new StackException("interrupted", e);
            }
        }
        terminal.line("NATS has been started again; agents come back by themselves.");
    }
}
