package ai.artcafe.stack.cli;

import java.util.Locale;

/** One of our three services. */
enum ServiceApp {
    GATEWAY(8080),
    TRACKER(8081),
    METRICS(8082);

    private final int defaultPort;

    ServiceApp(int defaultPort) {
        this.defaultPort = defaultPort;
    }

    /** Before any offset. */
    int defaultPort() {
        return defaultPort;
    }

    /** The name on the command line and of its log. */
    String id() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** The folder of its sources. */
    String module() {
        return id() + "-service";
    }
}
