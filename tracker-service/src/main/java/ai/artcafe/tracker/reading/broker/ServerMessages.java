package ai.artcafe.tracker.reading.broker;

import ai.artcafe.model.usage.Counters;
import ai.artcafe.tracker.reading.ConnectionRow;
import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/** Reads the NATS server's JSON as a stream: a list of 10,000 connections comes every second. */
final class ServerMessages {

    private static final JsonFactory JSON = new JsonFactory();

    private ServerMessages() {}

    /** A CONNECT or DISCONNECT event. */
    record Event(String serverId, ConnectionRow row) {}

    /**
     * The answer to CONNZ.
     *
     * @param total how many there are, of which these may be a part
     */
    record Listed(ServerFacts server, long total, List<ConnectionRow> rows) {}

    /**
     * The answer to CONNZ.
     *
     * @throws IOException when it is not one, or when it is the server's error
     */
    static Listed connectionList(byte[] json) throws IOException {
        ServerFacts server = new ServerFacts("", "", "");
        long total = 0;
        List<ConnectionRow> rows = new ArrayList<>();
        try (JsonParser parser = JSON.createParser(json)) {
            expect(parser.nextToken(), JsonToken.START_OBJECT);
            while (parser.nextToken() == JsonToken.FIELD_NAME) {
                String field = parser.currentName();
                parser.nextToken();
                switch (field) {
                    case "server" -> server = ServerFacts.read(parser);
                    case "data" -> total = connections(parser, rows);
                    case "error" -> throw new IOException("server refused: " + error(parser));
                    default -> parser.skipChildren();
                }
            }
        }
        if (server.id().isEmpty()) {
            throw new IOException("no server id in the answer");
        }
        return new Listed(server, total, rows);
    }

    /**
     * A CONNECT or DISCONNECT event; {@code sent} is what the client sent.
     *
     * @throws IOException when it is neither
     */
    static Event event(byte[] json, boolean closed) throws IOException {
        String serverId = "";
        String stopped = "";
        String reason = "";
        Row row = new Row();
        try (JsonParser parser = JSON.createParser(json)) {
            expect(parser.nextToken(), JsonToken.START_OBJECT);
            while (parser.nextToken() == JsonToken.FIELD_NAME) {
                String field = parser.currentName();
                parser.nextToken();
                switch (field) {
                    case "server" -> serverId = ServerFacts.read(parser).id();
                    case "client" -> client(parser, row);
                    case "sent" -> {
                        Traffic sent = traffic(parser);
                        row.inMessages = sent.messages;
                        row.inBytes = sent.bytes;
                    }
                    case "received" -> {
                        Traffic received = traffic(parser);
                        row.outMessages = received.messages;
                        row.outBytes = received.bytes;
                    }
                    case "reason" -> reason = parser.getText();
                    case "timestamp" -> stopped = parser.getText();
                    default -> parser.skipChildren();
                }
            }
        }
        if (serverId.isEmpty() || row.cid == 0) {
            throw new IOException("no server id or no client id in the event");
        }
        row.reason = reason;
        if (closed) {
            row.closed = true;
            row.stopped = row.stopped.isEmpty() ? stopped : row.stopped;
        }
        return new Event(serverId, row.toRow());
    }

    /** Whose SHUTDOWN or LAMEDUCK it is. */
    static String leavingServer(byte[] json) throws IOException {
        try (JsonParser parser = JSON.createParser(json)) {
            parser.nextToken();
            return ServerFacts.read(parser).id();
        }
    }

    private static String error(JsonParser parser) throws IOException {
        return parser.currentToken() == JsonToken.START_OBJECT
                ? member(parser, "description")
                : parser.getText();
    }

    /** Reads the object to its end; empty when it has no such member. */
    private static String member(JsonParser parser, String name) throws IOException {
        String text = "";
        while (parser.nextToken() == JsonToken.FIELD_NAME) {
            String field = parser.currentName();
            parser.nextToken();
            if (field.equals(name)) {
                text = parser.getText();
            } else {
                parser.skipChildren();
            }
        }
        return text;
    }

    /** Reads the rows; how many there are in all. */
    private static long connections(JsonParser parser, List<ConnectionRow> rows)
            throws IOException {
        long total = 0;
        expect(parser.currentToken(), JsonToken.START_OBJECT);
        while (parser.nextToken() == JsonToken.FIELD_NAME) {
            String field = parser.currentName();
            JsonToken value = parser.nextToken();
            if (field.equals("connections") && value == JsonToken.START_ARRAY) {
                while (parser.nextToken() == JsonToken.START_OBJECT) {
                    rows.add(row(parser));
                }
            } else if (field.equals("total")) {
                total = parser.getLongValue();
            } else {
                parser.skipChildren();
            }
        }
        return total;
    }

    private static ConnectionRow row(JsonParser parser) throws IOException {
        Row row = new Row();
        while (parser.nextToken() == JsonToken.FIELD_NAME) {
            String field = parser.currentName();
            parser.nextToken();
            switch (field) {
                case "cid" -> row.cid = parser.getLongValue();
                case "in_msgs" -> row.inMessages = parser.getLongValue();
                case "in_bytes" -> row.inBytes = parser.getLongValue();
                case "out_msgs" -> row.outMessages = parser.getLongValue();
                case "out_bytes" -> row.outBytes = parser.getLongValue();
                case "account" -> row.account = parser.getText();
                case "authorized_user" -> row.user = parser.getText();
                case "start" -> row.started = parser.getText();
                case "stop" -> {
                    row.stopped = parser.getText();
                    row.closed = true;
                }
                case "reason" -> row.reason = parser.getText();
                default -> parser.skipChildren();
            }
        }
        return row.toRow();
    }

    private static void client(JsonParser parser, Row row) throws IOException {
        expect(parser.currentToken(), JsonToken.START_OBJECT);
        while (parser.nextToken() == JsonToken.FIELD_NAME) {
            String field = parser.currentName();
            parser.nextToken();
            switch (field) {
                case "id" -> row.cid = parser.getLongValue();
                case "acc" -> row.account = parser.getText();
                case "user" -> row.user = parser.getText();
                case "start" -> row.started = parser.getText();
                case "stop" -> row.stopped = parser.getText();
                default -> parser.skipChildren();
            }
        }
    }

    private record Traffic(long messages, long bytes) {}

    private static Traffic traffic(JsonParser parser) throws IOException {
        long messages = 0;
        long bytes = 0;
        expect(parser.currentToken(), JsonToken.START_OBJECT);
        while (parser.nextToken() == JsonToken.FIELD_NAME) {
            String field = parser.currentName();
            parser.nextToken();
            switch (field) {
                case "msgs" -> messages = parser.getLongValue();
                case "bytes" -> bytes = parser.getLongValue();
                default -> parser.skipChildren();
            }
        }
        return new Traffic(messages, bytes);
    }

    private static void expect(JsonToken token, JsonToken expected) throws IOException {
        if (token != expected) {
            throw new IOException("expected " + expected + ", got " + token);
        }
    }

    /** A row under way. */
    private static final class Row {
        private long cid;
        private long inMessages;
        private long inBytes;
        private long outMessages;
        private long outBytes;
        private String account = "";
        private String user = "";
        private String started = "";
        private String stopped = "";
        private String reason = "";
        private boolean closed;

        ConnectionRow toRow() {
            return new ConnectionRow(
                    cid,
                    account,
                    user,
                    started,
                    Counters.of(inMessages, inBytes, outMessages, outBytes),
                    closed,
                    stopped,
                    reason);
        }
    }
}
