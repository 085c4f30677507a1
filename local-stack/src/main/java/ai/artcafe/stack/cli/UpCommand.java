package ai.artcafe.stack.cli;

import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

@Command(name = "up", description = "starts everything on this machine")
final class UpCommand implements Callable<Integer> {

    private final Terminal terminal;

    @Option(names = "--detach", description = "returns when all is healthy")
    private boolean detach;

    @Option(names = "--no-demo", description = "without the demo tenant and its agents")
    private boolean noDemo;

    @Option(
            names = "--without",
            split = ",",
            description = "leaves out services that you run yourself: ${COMPLETION-CANDIDATES}")
    private List<ServiceApp> without = List.of();

    @Option(
            names = "--slots",
            defaultValue = "100",
            description = "NATS slot accounts, one a tenant")
    private int slots = 100;

    UpCommand(Terminal terminal) {
        this.terminal = terminal;
    }

    @Override
    public Integer call() {
        Platform platform = Platform.here();
        Optional<ProcessHandle> running = platform.supervisor().running();
        if (running.isPresent()) {
            terminal.line("Already up, process " + running.get().pid() + ": see ./artcafe status");
            return 0;
        }
        new Takedown(platform, terminal).leftovers();
        Set<ServiceApp> services = EnumSet.allOf(ServiceApp.class);
        without.forEach(services::remove);
        boolean demo = !noDemo && services.contains(ServiceApp.GATEWAY);
        if (detach) {
            platform.ports().requireFree();
            return new Detached(platform, terminal).start(demo, without, slots);
        }
        terminal.line("Starting");
        new Supervisor(platform, terminal, new Supervisor.Wishes(services, demo, slots)).run();
        return 0;
    }
}
