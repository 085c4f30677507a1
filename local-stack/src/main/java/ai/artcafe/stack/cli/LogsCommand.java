package ai.artcafe.stack.cli;

import ai.artcafe.stack.StackException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

@Command(name = "logs", description = "what the parts said")
final class LogsCommand implements Callable<Integer> {

    private final Terminal terminal;

    @Spec private CommandSpec spec = CommandSpec.create();

    @Parameters(arity = "0..1", paramLabel = "SERVICE", description = "one part; all unless given")
    private Optional<String> part = Optional.empty();

    @Option(
            names = {"-n", "--lines"},
            defaultValue = "50",
            description = "how many lines of each")
    private int lines = 50;

    @Option(
            names = {"-f", "--follow"},
            description = "goes on until Ctrl-C")
    private boolean follow;

    LogsCommand(Terminal terminal) {
        this.terminal = terminal;
    }

    @Override
    public Integer call() {
        Platform platform = Platform.here();
        List<String> known = new ArrayList<>(Platform.parts());
        known.add("up");
        part.filter(name -> !known.contains(name))
                .ifPresent(name -> {
                    throw new ParameterException(
                            spec.commandLine(),
                            "no part is called "
                                    + name
                                    + "; there are "
                                    + String.join(", ", known));
                });
        List<String> command = new ArrayList<>(List.of("tail", "-n", Integer.toString(lines)));
        if (follow) {
            command.add("-F");
        }
        int before = command.size();
        for (String name : part.map(List::of).orElse(known)) {
            if (Files.exists(platform.log(name))) {
                command.add(platform.log(name).toString());
            }
        }
        if (command.size() == before) {
            terminal.line("There are no logs yet in " + platform.logs());
            return 1;
        }
        try {
            return new ProcessBuilder(command).inheritIO().start().waitFor();
        } catch (IOException e) {
            throw new UncheckedIOException("tail cannot be run", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new StackException("interrupted", e);
        }
    }
}
