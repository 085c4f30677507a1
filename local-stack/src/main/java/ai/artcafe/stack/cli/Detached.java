package ai.artcafe.stack.cli;

import ai.artcafe.stack.StackException;
import ai.artcafe.stack.process.Shutdown;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;

/** Starts the supervisor as a process of its own and shows what it says until all is healthy. */
record Detached(Platform platform, Terminal terminal) {

    /** 0 when all is healthy, 1 when it is not: then nothing is left running. */
    int start(boolean demo, List<ServiceApp> without, int slots) {
        Path log = platform.log("up");
        try {
            Files.createDirectories(log.getParent());
            Files.deleteIfExists(platform.readyMark());
            Files.writeString(log, "");
            Process supervisor =
                    new ProcessBuilder(command(demo, without, slots))
                            .redirectErrorStream(true)
                            .redirectOutput(log.toFile())
                            .redirectInput(Path.of("/dev/null").toFile())
                            .start();
            // whoever stops waiting does not want it any more
            Shutdown.first(() -> {
                if (Files.notExists(platform.readyMark())) {
                    supervisor.destroy();
                }
            });
            return follow(supervisor, log);
        } catch (IOException e) {
            throw new UncheckedIOException("the platform could not be started", e);
        }
    }

    private int follow(Process supervisor, Path log) throws IOException {
        try (RandomAccessFile said = new RandomAccessFile(log.toFile(), "r")) {
            while (true) {
                boolean ended = !supervisor.isAlive();
                boolean ready = Files.exists(platform.readyMark());
                show(said);
                if (ready) {
                    TimeUnit.MILLISECONDS.sleep(100);
                    show(said);
                    return 0;
                }
                if (ended) {
                    return 1;
                }
                supervisor.waitFor(100, TimeUnit.MILLISECONDS);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new StackException("interrupted while starting", e);
        }
    }

    private void show(RandomAccessFile said) throws IOException {
        byte[] fresh = new byte[(int) (said.length() - said.getFilePointer())];
        said.readFully(fresh);
        terminal.out().print(new String(fresh, StandardCharsets.UTF_8));
        terminal.out().flush();
    }

    private List<String> command(boolean demo, List<ServiceApp> without, int slots) {
        List<String> command = new ArrayList<>();
        if (Files.isExecutable(Path.of("/usr/bin/setsid"))) {
            command.add("/usr/bin/setsid");
        }
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(
                List.of(
                        "-Xmx256m",
                        "-XX:+UseSerialGC",
                        "--enable-native-access=ALL-UNNAMED",
                        "-Dartcafe.checkout=" + platform.checkout().root(),
                        "-cp",
                        System.getProperty("java.class.path"),
                        Artcafe.class.getName(),
                        "up",
                        "--slots",
                        Integer.toString(slots)));
        if (!demo) {
            command.add("--no-demo");
        }
        if (!without.isEmpty()) {
            command.add("--without");
            command.add(without.stream().map(ServiceApp::id).collect(Collectors.joining(",")));
        }
        return command;
    }
}
