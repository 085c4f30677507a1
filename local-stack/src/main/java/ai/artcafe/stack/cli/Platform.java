package ai.artcafe.stack.cli;

import ai.artcafe.stack.Backing;
import ai.artcafe.stack.Checkout;
import ai.artcafe.stack.StackException;
import ai.artcafe.stack.TokenIssuer;
import ai.artcafe.stack.process.PidFile;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The platform of one checkout, running or not: where its state is, which process watches it, on
 * which ports it answers.
 */
record Platform(Checkout checkout) {

    private static final String SUPERVISOR = "up";

    static Platform here() {
        return new Platform(
                Checkout.find()
                        .orElseThrow(() ->
                                new StackException("this is not a checkout of ArtCafe PubSub")));
    }

    Path state() {
        return checkout.state();
    }

    Path run() {
        return state().resolve("run");
    }

    Path logs() {
        return state().resolve("logs");
    }

    Path log(String name) {
        return logs().resolve(name + ".log");
    }

    Path keys() {
        return state().resolve("keys");
    }

    TokenIssuer tokens() {
        return TokenIssuer.in(keys(), Clock.systemUTC());
    }

    /** Of the process that started everything and watches it. */
    PidFile supervisor() {
        return pidFile(SUPERVISOR);
    }

    PidFile pidFile(String name) {
        return new PidFile(run().resolve(name + ".pid"));
    }

    /** Exists once all was healthy. */
    Path readyMark() {
        return run().resolve("ready");
    }

    /** Exists from when NATS was drained to be started again until it has been. */
    Path restartMark() {
        return run().resolve("restart-nats");
    }

    boolean isUp() {
        return supervisor().running().isPresent();
    }

    /** The names of all parts, in the order of their start. */
    static List<String> parts() {
        List<String> parts = new ArrayList<>();
        for (Backing backing : Backing.values()) {
            parts.add(backing.id());
        }
        for (ServiceApp service : ServiceApp.values()) {
            parts.add(service.id());
        }
        return parts;
    }

    /** Processes of ours that still run, the supervisor included, whatever became of it. */
    List<ProcessHandle> processes() {
        List<ProcessHandle> running = new ArrayList<>();
        supervisor().running().ifPresent(running::add);
        for (String part : parts()) {
            pidFile(part).running().ifPresent(running::add);
        }
        return running;
    }

    /** The ports it runs on, else the ones it would run on. */
    Ports ports() {
        String asked = Optional.ofNullable(System.getenv(Ports.VARIABLE)).orElse("");
        try {
            return isUp() && Files.exists(offsetFile())
                    ? Ports.of(Files.readString(offsetFile()))
                    : Ports.of(asked);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read " + offsetFile(), e);
        }
    }

    /** Remembers the ports for the commands that come while it runs. */
    void rememberPorts(Ports ports) {
        try {
            Files.createDirectories(run());
            Files.writeString(offsetFile(), Integer.toString(ports.offset()));
        } catch (IOException e) {
            throw new UncheckedIOException("cannot write " + offsetFile(), e);
        }
    }

    private Path offsetFile() {
        return run().resolve("port-offset");
    }

    URI url(ServiceApp service) {
        return URI.create("http://127.0.0.1:" + ports().of(service));
    }

    /** The folder of the built service. */
    Path built(ServiceApp service) {
        return checkout.root().resolve(service.module()).resolve("target/quarkus-app");
    }
}
