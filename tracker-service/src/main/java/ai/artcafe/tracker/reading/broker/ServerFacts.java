package ai.artcafe.tracker.reading.broker;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What a NATS server says of itself with everything it says.
 *
 * @param id new at every start
 * @param cluster the cluster's name; empty when it is part of none
 * @param version such as {@code 2.10.27}
 */
record ServerFacts(String id, String cluster, String version) {

    private static final Pattern VERSION = Pattern.compile("(\\d+)\\.(\\d+)\\..*");

    /** Reads the {@code server} object that the parser is at. */
    static ServerFacts read(JsonParser parser) throws IOException {
        if (parser.currentToken() != JsonToken.START_OBJECT) {
            throw new IOException("expected the server, got " + parser.currentToken());
        }
        String id = "";
        String cluster = "";
        String version = "";
        while (parser.nextToken() == JsonToken.FIELD_NAME) {
            String field = parser.currentName();
            parser.nextToken();
            switch (field) {
                case "id" -> id = parser.getText();
                case "cluster" -> cluster = parser.getText();
                case "ver" -> version = parser.getText();
                default -> parser.skipChildren();
            }
        }
        return new ServerFacts(id, cluster, version);
    }

    boolean isStandalone() {
        return cluster.isEmpty();
    }

    /** Whether it tells what its accounts sent to other servers apart: from 2.11. */
    boolean tellsRoutesApart() {
        Matcher matcher = VERSION.matcher(version);
        return matcher.matches()
                && (Integer.parseInt(matcher.group(1)) > 2
                        || Integer.parseInt(matcher.group(2)) >= 11);
    }
}
