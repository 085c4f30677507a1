package ai.artcafe.stack.cli;

import ai.artcafe.stack.FolderTree;
import ai.artcafe.stack.NatsKeys;
import ai.artcafe.stack.StackException;
import ai.artcafe.stack.TokenIssuer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

@Command(name = "keys", description = "the platform's NATS keys and the local JWT key pair")
final class KeysCommand implements Callable<Integer> {

    private final Terminal terminal;

    @Option(names = "--directory", description = ".artcafe/keys unless given")
    private Optional<Path> directory = Optional.empty();

    @Option(names = "--fresh", description = "replaces the ones that are there")
    private boolean fresh;

    KeysCommand(Terminal terminal) {
        this.terminal = terminal;
    }

    @Override
    public Integer call() {
        Path folder = directory.orElseGet(() -> Platform.here().keys());
        if (fresh && Files.exists(folder)) {
            if (directory.isEmpty() && !Platform.here().processes().isEmpty()) {
                throw new StackException(
                        "The platform is up with these keys: ./artcafe down first.");
            }
            if (Files.notExists(folder.resolve("issuer.nk"))) {
                throw new StackException(folder + " holds no keys of ours: it is left alone.");
            }
            new FolderTree(folder).delete();
        }
        NatsKeys.in(folder);
        TokenIssuer.in(folder, Clock.systemUTC());
        terminal.line("Seeds, JWT key and jwks.json are in " + folder);
        return 0;
    }
}
