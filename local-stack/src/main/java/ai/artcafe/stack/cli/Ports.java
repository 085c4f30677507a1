package ai.artcafe.stack.cli;

import ai.artcafe.stack.Backing;
import ai.artcafe.stack.FreePorts;
import ai.artcafe.stack.LocalStack;
import ai.artcafe.stack.StackException;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * The ports of the platform on this machine.
 *
 * @param offset by which all are moved from their defaults
 */
record Ports(int offset) {

    static final String VARIABLE = "ARTCAFE_PORT_OFFSET";

    private static final int HIGHEST_DEFAULT = 8222;

    Ports {
        if (offset < -4000 || offset + HIGHEST_DEFAULT > 65_535) {
            throw new StackException(
                    VARIABLE + " must be between -4000 and 57313, but is " + offset);
        }
    }

    /** As the environment says. */
    static Ports of(String offset) {
        if (offset.isBlank()) {
            return new Ports(0);
        }
        try {
            return new Ports(Integer.parseInt(offset.strip()));
        } catch (NumberFormatException e) {
            throw new StackException(VARIABLE + " must be a number, but is " + offset, e);
        }
    }

    int of(ServiceApp service) {
        return service.defaultPort() + offset;
    }

    int of(Backing backing) {
        return backing.defaultPort() + offset;
    }

    /** Every port with what it is for. */
    Map<Integer, String> meanings() {
        Map<Integer, String> meanings = new LinkedHashMap<>();
        for (ServiceApp service : ServiceApp.values()) {
            meanings.put(of(service), service.module());
        }
        meanings.put(of(Backing.NATS), "NATS, clients");
        meanings.put(LocalStack.NATS_MONITORING_PORT + offset, "NATS, monitoring");
        meanings.put(of(Backing.REDIS), "Redis");
        meanings.put(of(Backing.DYNAMODB), "DynamoDB Local");
        return meanings;
    }

    /**
     * @throws StackException naming each port that somebody else listens on, and what it is for
     */
    void requireFree() {
        StringBuilder taken = new StringBuilder();
        meanings()
                .forEach((port, meaning) -> {
                    if (!FreePorts.isFree(port)) {
                        taken.append("Port ")
                                .append(port)
                                .append(" (")
                                .append(meaning)
                                .append(") is taken by another program.\n");
                    }
                });
        if (!taken.isEmpty()) {
            throw new StackException(
                    taken
                            + "Stop it, or move all ports: "
                            + VARIABLE
                            + "="
                            + (offset + 1000)
                            + " ./artcafe up");
        }
    }
}
