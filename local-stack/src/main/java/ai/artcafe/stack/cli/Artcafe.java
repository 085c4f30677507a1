package ai.artcafe.stack.cli;

import ai.artcafe.stack.StackException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** The commands behind {@code ./artcafe}. Exit codes: 0 done, 1 not done, 2 asked wrongly. */
@Command(
        name = "artcafe",
        subcommands = {
            CheckPortsCommand.class,
            UpCommand.class,
            DownCommand.class,
            StatusCommand.class,
            LogsCommand.class,
            CleanCommand.class,
            TenantCommand.class,
            TokenCommand.class,
            NatsConfigCommand.class,
            DrainCommand.class,
            KeysCommand.class
        })
public final class Artcafe implements Runnable {

    @Spec private CommandSpec spec = CommandSpec.create();

    /** Runs one command and ends this JVM with its exit code. */
    public static void main(String[] arguments) {
        PrintStream out = new PrintStream(System.out, true, StandardCharsets.UTF_8);
        System.exit(execute(out, arguments));
    }

    static int execute(PrintStream out, String... arguments) {
        Terminal terminal = new Terminal(out);
        return new CommandLine(new Artcafe(), new Commands(terminal))
                .setCaseInsensitiveEnumValuesAllowed(true)
                .setExecutionExceptionHandler((failure, command, _) -> {
                    if (failure instanceof StackException
                            || failure instanceof IllegalArgumentException) {
                        command.getErr().println(failure.getMessage());
                    } else {
                        failure.printStackTrace(command.getErr());
                    }
                    return 1;
                })
                .execute(arguments);
    }

    @Override
    public void run() {
        throw new ParameterException(spec.commandLine(), "which command?");
    }
}
