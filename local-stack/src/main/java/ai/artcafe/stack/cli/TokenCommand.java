package ai.artcafe.stack.cli;

import ai.artcafe.model.access.Role;
import ai.artcafe.model.identity.TenantId;
import ai.artcafe.stack.TokenRequest;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

@Command(name = "token", description = "a JWT of the local issuer, on standard output")
final class TokenCommand implements Callable<Integer> {

    private final Terminal terminal;

    @Option(names = "--user", required = true, description = "the subject")
    private String user = "";

    @Option(names = "--tenant", description = "the tenant that the user is a member of")
    private Optional<String> tenant = Optional.empty();

    @Option(
            names = "--role",
            defaultValue = "viewer",
            description = "${COMPLETION-CANDIDATES}; viewer unless given")
    private Role role = Role.VIEWER;

    @Option(names = "--operator", description = "in the operators' group")
    private boolean operator;

    @Option(
            names = "--ttl",
            defaultValue = "1h",
            description = "30s, 15m, 1h or 2d; 1h unless given")
    private String ttl = "1h";

    TokenCommand(Terminal terminal) {
        this.terminal = terminal;
    }

    @Override
    public Integer call() {
        terminal.line(
                Platform.here()
                        .tokens()
                        .token(
                                new TokenRequest(
                                        user,
                                        tenant.map(TenantId::new),
                                        role,
                                        operator,
                                        TimeSpan.parse(ttl))));
        return 0;
    }
}
