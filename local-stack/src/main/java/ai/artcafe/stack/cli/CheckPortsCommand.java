package ai.artcafe.stack.cli;

import java.util.concurrent.Callable;
import picocli.CommandLine.Command;

/** Asked before a long build, not after it. */
@Command(name = "check-ports", hidden = true, description = "whether up would find its ports free")
final class CheckPortsCommand implements Callable<Integer> {

    private CheckPortsCommand() {}

    @Override
    public Integer call() {
        Platform platform = Platform.here();
        if (platform.processes().isEmpty()) {
            platform.ports().requireFree();
        }
        return 0;
    }
}
