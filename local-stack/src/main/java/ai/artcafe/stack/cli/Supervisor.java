package ai.artcafe.stack.cli;

import ai.artcafe.model.access.Role;
import ai.artcafe.stack.BackingService;
import ai.artcafe.stack.Engine;
import ai.artcafe.stack.LocalStack;
import ai.artcafe.stack.StackException;
import ai.artcafe.stack.TokenRequest;
import ai.artcafe.stack.demo.Demo;
import ai.artcafe.stack.process.ChildProcess;
import ai.artcafe.stack.process.Shutdown;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Starts the whole platform and stays with it: what it started ends when it ends, in order when it
 * is asked to, at once when it is killed.
 */
final class Supervisor {

    /** What {@code up} was asked for. */
    record Wishes(Set<ServiceApp> services, boolean demo, int slots) {}

    private static final Duration SIGNED_IN = Duration.ofHours(12);
    private static final int TAIL_LINES = 20;

    private final Platform platform;
    private final Terminal terminal;
    private final Wishes wishes;
    private final Ports ports;

    private final ReentrantLock starting = new ReentrantLock();
    private final List<BackingService> services = new ArrayList<>(); // guarded by starting
    private Optional<LocalStack> stack = Optional.empty(); // guarded by starting
    private Optional<Demo> demo = Optional.empty(); // guarded by starting
    private boolean stopping; // guarded by starting

    Supervisor(Platform platform, Terminal terminal, Wishes wishes) {
        this.platform = platform;
        this.terminal = terminal;
        this.wishes = wishes;
        this.ports = platform.ports();
    }

    /** Starts everything and stays until this JVM is asked to end. */
    void run() {
        try (FileChannel channel = open(platform.run().resolve("lock"));
                FileLock lock = lock(channel)) {
            platform.supervisor().write(ProcessHandle.current());
            Shutdown.first(this::stop);
            ports.requireFree();
            platform.rememberPorts(ports);
            delete(platform.restartMark());
            startBacking();
            startServices();
            String link = dashboard();
            if (wishes.demo()) {
                startDemo();
            }
            Files.writeString(platform.readyMark(), link + "\n");
            announce(link);
            watch();
        } catch (IOException e) {
            throw new UncheckedIOException("cannot write to " + platform.run(), e);
        }
    }

    private static FileChannel open(Path file) throws IOException {
        Files.createDirectories(file.getParent());
        return FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
    }

    private static FileLock lock(FileChannel channel) throws IOException {
        FileLock lock = channel.tryLock();
        if (lock == null) {
            throw new StackException("the platform of this checkout is up already");
        }
        return lock;
    }

    private void startBacking() {
        long begin = System.nanoTime();
        Engine engine = Engine.PROCESSES;
        locked(() ->
                stack =
                        Optional.of(
                                LocalStack.builder()
                                        .engine(engine)
                                        .directory(platform.state())
                                        .portOffset(ports.offset())
                                        .slots(wishes.slots())
                                        .start()));
        LocalStack started = stack();
        long nanos = System.nanoTime() - begin;
        terminal.step("nats", started.natsUrl().toString(), nanos);
        terminal.step("redis", started.redisUrl().toString(), nanos);
        terminal.step("dynamodb", started.dynamoDbUrl().toString(), nanos);
    }

    private LocalStack stack() {
        return stack.orElseThrow(() -> new IllegalStateException("not started"));
    }

    private void startServices() {
        Services apps = new Services(platform, stack(), ports);
        locked(() -> {
            for (ServiceApp app : wishes.services()) {
                services.add(apps.create(app));
            }
        });
        services.parallelStream()
                .forEach(service -> {
                    long begin = System.nanoTime();
                    service.start();
                    terminal.step(
                            service.name(),
                            "http://127.0.0.1:" + service.port(),
                            System.nanoTime() - begin);
                });
    }

    private void startDemo() {
        long begin = System.nanoTime();
        Demo running =
                Demo.start(
                        new Demo.Access(
                                platform.url(ServiceApp.GATEWAY),
                                stack().natsUrl(),
                                platform.keys().resolve("demo"),
                                platform.tokens()));
        locked(() -> demo = Optional.of(running));
        terminal.step("demo", running.summary(), System.nanoTime() - begin);
    }

    /** The dashboard's address; with the demo, signed in as a member of it. */
    private String dashboard() {
        String address = "http://127.0.0.1:" + ports.of(ServiceApp.METRICS) + "/";
        if (!wishes.demo()) {
            return address;
        }
        TokenRequest member =
                new TokenRequest("demo", Optional.of(Demo.TENANT), Role.ADMIN, false, SIGNED_IN);
        return address + "#token=" + platform.tokens().token(member) + "&tenant=" + Demo.TENANT;
    }

    private void announce(String link) {
        terminal.line("");
        terminal.line("All is up.");
        if (wishes.services().contains(ServiceApp.METRICS)) {
            terminal.line(
                    wishes.demo()
                            ? "Dashboard, signed in for " + SIGNED_IN.toHours() + " hours:"
                            : "Dashboard (./artcafe token makes a token to sign in with):");
            terminal.line(link);
        }
        terminal.line("Logs: " + platform.logs());
    }

    /** Tells of parts that end; does not return, this JVM is asked to end. */
    private void watch() {
        Set<String> told = new HashSet<>();
        List<BackingService> all = new ArrayList<>(services);
        all.add(stack().nats());
        all.add(stack().redis());
        all.add(stack().dynamoDb());
        while (true) {
            restartDrained();
            for (BackingService part : all) {
                if (!part.isRunning() && !isStopping() && told.add(part.name())) {
                    terminal.line(
                            part.name()
                                    + " has ended; it said last ("
                                    + platform.log(part.name())
                                    + "):\n"
                                    + ChildProcess.tail(platform.log(part.name()), 0, TAIL_LINES));
                }
            }
            try {
                TimeUnit.SECONDS.sleep(1);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                return;
            }
        }
    }

    /** Starts NATS again once it has ended after a drain. */
    private void restartDrained() {
        if (Files.exists(platform.restartMark()) && !stack().nats().isRunning() && !isStopping()) {
            stack().nats().start();
            delete(platform.restartMark());
            terminal.line("nats has been started again after a drain.");
        }
    }

    private boolean isStopping() {
        starting.lock();
        try {
            return stopping;
        } finally {
            starting.unlock();
        }
    }

    private void stop() {
        locked(() -> stopping = true);
        delete(platform.readyMark());
        demo.ifPresent(Demo::close);
        // in order: the gateway's last readings want a tracker that books them
        services.forEach(BackingService::stop);
        stack.ifPresent(LocalStack::close);
        platform.supervisor().delete();
        terminal.line("Stopped.");
    }

    private static void delete(Path file) {
        try {
            Files.deleteIfExists(file);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot delete " + file, e);
        }
    }

    private void locked(Runnable action) {
        starting.lock();
        try {
            action.run();
        } finally {
            starting.unlock();
        }
    }
}
