package ai.artcafe.stack.cli;

import ai.artcafe.stack.Backing;
import ai.artcafe.stack.LocalStack;
import ai.artcafe.stack.NatsKeys;
import ai.artcafe.stack.broker.NatsServerConfig;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

@Command(name = "nats-config", description = "the NATS server's configuration")
final class NatsConfigCommand implements Callable<Integer> {

    private static final String STANDARD_OUTPUT = "-";

    private final Terminal terminal;

    @Option(names = "--slots", defaultValue = "100", description = "slot accounts, one a tenant")
    private int slots = 100;

    @Option(names = "--listen", defaultValue = "127.0.0.1", description = "where clients connect")
    private String listen = "127.0.0.1";

    @Option(
            names = "--monitoring",
            defaultValue = "127.0.0.1",
            description = "where /connz answers; it shows every tenant")
    private String monitoring = "127.0.0.1";

    @Option(names = "--keys", description = "folder of the seeds; .artcafe/keys unless given")
    private Optional<Path> keys = Optional.empty();

    @Option(
            names = {"-o", "--output"},
            description = "- is standard output; .artcafe/nats/nats-server.conf unless given")
    private Optional<String> output = Optional.empty();

    @Option(
            names = "--drained",
            description = "as it is while the server is being drained: it lets nobody in")
    private boolean drained;

    NatsConfigCommand(Terminal terminal) {
        this.terminal = terminal;
    }

    @Override
    public Integer call() {
        String open =
                new NatsServerConfig(
                                listen + ":" + Backing.NATS.defaultPort(),
                                monitoring + ":" + LocalStack.NATS_MONITORING_PORT,
                                slots,
                                NatsKeys.in(keys.orElseGet(() -> Platform.here().keys())))
                        .text();
        String text = drained ? NatsServerConfig.drained(open) : open;
        if (output.filter(STANDARD_OUTPUT::equals).isPresent()) {
            terminal.out().print(text);
            terminal.out().flush();
            return 0;
        }
        Path file =
                output.map(Path::of)
                        .orElseGet(() -> Platform.here().state().resolve("nats/nats-server.conf"));
        try {
            Files.createDirectories(file.toAbsolutePath().getParent());
            Files.writeString(file, text);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot write " + file, e);
        }
        terminal.line("Wrote " + file + " with " + slots + " slots");
        return 0;
    }
}
