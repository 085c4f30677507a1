package ai.artcafe.system.platform;

/** Our deployables. */
public enum Service {
    GATEWAY("gateway-service"),
    TRACKER("tracker-service"),
    METRICS("metrics-service");

    private final String module;

    Service(String module) {
        this.module = module;
    }

    /** The module's folder in the checkout. */
    String module() {
        return module;
    }
}
