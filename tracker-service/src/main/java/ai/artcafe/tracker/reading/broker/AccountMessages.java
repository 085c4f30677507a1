package ai.artcafe.tracker.reading.broker;

import ai.artcafe.model.identity.Slot;
import ai.artcafe.model.usage.Traffic;
import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.util.HashMap;
import java.util.Map;

/** Reads the NATS server's answers to STATZ. */
final class AccountMessages {

    private static final JsonFactory JSON = new JsonFactory();

    private AccountMessages() {}

    /**
     * What a server says of its accounts.
     *
     * @param connections clients of all accounts
     * @param slots those of its accounts that are slots
     */
    record Answer(ServerFacts server, long connections, Map<Slot, Counted> slots) {}

    /**
     * One account. What went to and came from other servers is not among it where the server tells
     * it apart.
     */
    record Counted(long connections, Traffic received, Traffic sent) {}

    /**
     * @throws IOException when it is not one, or when it is the server's error
     */
    static Answer read(byte[] json) throws IOException {
        ServerFacts server = new ServerFacts("", "", "");
        Accounts accounts = new Accounts();
        try (JsonParser parser = JSON.createParser(json)) {
            if (parser.nextToken() != JsonToken.START_OBJECT) {
                throw new IOException("not an object");
            }
            while (parser.nextToken() == JsonToken.FIELD_NAME) {
                String field = parser.currentName();
                parser.nextToken();
                switch (field) {
                    case "server" -> server = ServerFacts.read(parser);
                    case "data" -> accounts.data(parser);
                    case "error" -> throw new IOException("server refused STATZ");
                    default -> parser.skipChildren();
                }
            }
        }
        if (server.id().isEmpty()) {
            throw new IOException("no server id in the answer");
        }
        return new Answer(server, accounts.connections, Map.copyOf(accounts.slots));
    }

    /** The accounts of an answer under way. */
    private static final class Accounts {

        private final Map<Slot, Counted> slots = new HashMap<>();
        private long connections;

        void data(JsonParser parser) throws IOException {
            while (parser.nextToken() == JsonToken.FIELD_NAME) {
                String field = parser.currentName();
                JsonToken value = parser.nextToken();
                if (field.equals("account_statz") && value == JsonToken.START_ARRAY) {
                    while (parser.nextToken() == JsonToken.START_OBJECT) {
                        account(parser);
                    }
                } else {
                    parser.skipChildren();
                }
            }
        }

        private void account(JsonParser parser) throws IOException {
            String name = "";
            long clients = 0;
            Traffic received = Traffic.NONE;
            Traffic sent = Traffic.NONE;
            while (parser.nextToken() == JsonToken.FIELD_NAME) {
                String field = parser.currentName();
                parser.nextToken();
                switch (field) {
                    case "acc" -> name = parser.getText();
                    case "conns" -> clients = parser.getLongValue();
                    case "received" -> received = local(parser);
                    case "sent" -> sent = local(parser);
                    default -> parser.skipChildren();
                }
            }
            connections += clients;
            Counted counted = new Counted(clients, received, sent);
            Slot.parse(name).ifPresent(slot -> slots.put(slot, counted));
        }

        /** What is left without other servers' part, as far as that is told. */
        private static Traffic local(JsonParser parser) throws IOException {
            long messages = 0;
            long bytes = 0;
            while (parser.nextToken() == JsonToken.FIELD_NAME) {
                String field = parser.currentName();
                parser.nextToken();
                switch (field) {
                    case "msgs" -> messages += parser.getLongValue();
                    case "bytes" -> bytes += parser.getLongValue();
                    case "routes", "gateways", "leafs" -> {
                        Traffic remote = local(parser);
                        messages -= remote.messages();
                        bytes -= remote.bytes();
                    }
                    default -> parser.skipChildren();
                }
            }
            return new Traffic(messages, bytes);
        }
    }
}
