package ai.artcafe.stack;

import java.nio.file.Path;

/**
 * Where one stack's files are and on which ports it answers.
 *
 * @param directory all state
 * @param monitoringPort of the NATS server
 * @param slots how many slot accounts NATS has
 * @param inMemory whether DynamoDB keeps nothing in files
 */
public record StackLayout(
        Path directory,
        int natsPort,
        int monitoringPort,
        int redisPort,
        int dynamoDbPort,
        int slots,
        boolean inMemory) {

    public Path keys() {
        return directory.resolve("keys");
    }

    public Path data(Backing backing) {
        return directory.resolve("data").resolve(backing.id());
    }

    /** What a part or service says. */
    public Path log(String name) {
        return directory.resolve("logs").resolve(name + ".log");
    }

    /** The process id of a running part or service. */
    public Path pidFile(String name) {
        return directory.resolve("run").resolve(name + ".pid");
    }

    /** The NATS server's configuration, written at each start. */
    public Path natsConfiguration() {
        return directory.resolve("run").resolve("nats-server.conf");
    }

    public int port(Backing backing) {
        return switch (backing) {
            case NATS -> natsPort;
            case REDIS -> redisPort;
            case DYNAMODB -> dynamoDbPort;
        };
    }
}
