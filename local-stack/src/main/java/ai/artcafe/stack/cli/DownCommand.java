package ai.artcafe.stack.cli;

import java.util.concurrent.Callable;
import picocli.CommandLine.Command;

@Command(name = "down", description = "stops everything, and what a crash has left")
final class DownCommand implements Callable<Integer> {

    private final Terminal terminal;

    DownCommand(Terminal terminal) {
        this.terminal = terminal;
    }

    @Override
    public Integer call() {
        new Takedown(Platform.here(), terminal).all();
        return 0;
    }
}
