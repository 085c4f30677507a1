package ai.artcafe.nats;

import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.regex.Pattern;

/** Who is subscribed, as the server sees it: a client hears of it only by sending something. */
public final class Listeners {

    private Listeners() {}

    /**
     * How many subscriptions a subject has.
     *
     * @param monitoring where the server answers /connz
     */
    public static long on(String subject, URI monitoring) throws IOException {
        try (InputStream connections = monitoring.resolve("/connz?subs=1").toURL().openStream()) {
            String json = new String(connections.readAllBytes(), StandardCharsets.UTF_8);
            return Pattern.compile('"' + Pattern.quote(subject) + '"')
                    .matcher(json)
                    .results()
                    .count();
        }
    }
}
