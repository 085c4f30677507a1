package ai.artcafe.stack.cli;

import ai.artcafe.model.identity.TenantId;
import ai.artcafe.model.plan.Plan;
import ai.artcafe.stack.TokenRequest;
import ai.artcafe.stack.demo.GatewayApi;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

@Command(
        name = "tenant",
        description = "tenants, through the gateway's API as operator",
        subcommands = TenantCommand.Create.class)
final class TenantCommand {

    private TenantCommand() {}

    @Command(name = "create", description = "a new tenant")
    static final class Create implements Callable<Integer> {

        private final Terminal terminal;

        @Option(names = "--id", required = true, description = "[a-z0-9][a-z0-9-]{0,62}")
        private String id = "";

        @Option(
                names = "--plan",
                required = true,
                description = "free, starter, professional or enterprise")
        private String plan = "";

        @Option(names = "--name", description = "for people; the id unless given")
        private Optional<String> name = Optional.empty();

        Create(Terminal terminal) {
            this.terminal = terminal;
        }

        @Override
        public Integer call() {
            Platform platform = Platform.here();
            GatewayApi gateway =
                    new GatewayApi(
                            platform.url(ServiceApp.GATEWAY),
                            platform.tokens().token(TokenRequest.operator("artcafe-cli")));
            terminal.line(
                    gateway.createTenant(new TenantId(id), name.orElse(id), Plan.of(plan))
                            .required("tenant " + id)
                            .toPrettyString());
            return 0;
        }
    }
}
