package ai.artcafe.stack.cli;

import ai.artcafe.stack.Backing;
import ai.artcafe.stack.LocalStack;
import ai.artcafe.stack.process.Probe;
import java.net.URI;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;

@Command(name = "status", description = "what runs, where, healthy or not")
final class StatusCommand implements Callable<Integer> {

    private final Terminal terminal;

    StatusCommand(Terminal terminal) {
        this.terminal = terminal;
    }

    @Override
    public Integer call() {
        Platform platform = Platform.here();
        Ports ports = platform.ports();
        boolean allHealthy = true;
        row("PART", "PID", "PORT", "STATE");
        for (Backing backing : Backing.values()) {
            allHealthy &= show(platform, backing.id(), ports.of(backing), probe(backing, ports));
        }
        for (ServiceApp service : ServiceApp.values()) {
            int port = ports.of(service);
            allHealthy &=
                    show(
                            platform,
                            service.id(),
                            port,
                            Probe.httpOk(URI.create("http://127.0.0.1:" + port + "/q/health")));
        }
        Optional<ProcessHandle> supervisor = platform.supervisor().running();
        terminal.line(
                supervisor
                        .map(process -> "Watched by process " + process.pid() + ".")
                        .orElse("Not up: ./artcafe up starts it."));
        return allHealthy && supervisor.isPresent() ? 0 : 1;
    }

    private boolean show(Platform platform, String name, int port, Probe probe) {
        Optional<ProcessHandle> process = platform.pidFile(name).running();
        boolean answers = process.isPresent() && probe.answers();
        row(
                name,
                process.map(running -> Long.toString(running.pid())).orElse("-"),
                Integer.toString(port),
                answers ? "healthy" : process.isPresent() ? "not healthy" : "down");
        return answers;
    }

    private static Probe probe(Backing backing, Ports ports) {
        return switch (backing) {
            case NATS ->
                    Probe.httpOk(
                            URI.create(
                                    "http://127.0.0.1:"
                                            + (LocalStack.NATS_MONITORING_PORT + ports.offset())
                                            + "/healthz"));
            case REDIS -> Probe.redisPing(ports.of(backing));
            case DYNAMODB -> Probe.http(URI.create("http://127.0.0.1:" + ports.of(backing) + "/"));
        };
    }

    private void row(String name, String pid, String port, String state) {
        terminal.line(String.format(Locale.ROOT, "%-10s %8s %6s  %s", name, pid, port, state));
    }
}
