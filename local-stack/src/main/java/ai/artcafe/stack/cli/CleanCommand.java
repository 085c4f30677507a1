package ai.artcafe.stack.cli;

import ai.artcafe.stack.FolderTree;
import ai.artcafe.stack.StackException;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;

@Command(name = "clean", description = "removes all state: keys, data, logs; keeps unpacked tools")
final class CleanCommand implements Callable<Integer> {

    private static final List<String> STATE =
            List.of("apps", "data", "keys", "logs", "nats", "run");

    private final Terminal terminal;

    CleanCommand(Terminal terminal) {
        this.terminal = terminal;
    }

    @Override
    public Integer call() {
        Platform platform = Platform.here();
        if (!platform.processes().isEmpty()) {
            throw new StackException("The platform is up: ./artcafe down first.");
        }
        for (String folder : STATE) {
            new FolderTree(platform.state().resolve(folder)).delete();
        }
        terminal.line("Removed keys, data and logs from " + platform.state());
        return 0;
    }
}
