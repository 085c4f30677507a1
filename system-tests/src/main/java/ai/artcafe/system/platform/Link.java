package ai.artcafe.system.platform;

import ai.artcafe.stack.Backing;

/** The network between a service of ours and a backing service. */
public enum Link {
    GATEWAY_NATS(Service.GATEWAY, Backing.NATS, "ARTCAFE_NATS_URL"),
    GATEWAY_DYNAMODB(Service.GATEWAY, Backing.DYNAMODB, "ARTCAFE_DYNAMODB_ENDPOINT"),
    TRACKER_NATS(Service.TRACKER, Backing.NATS, "ARTCAFE_NATS_URL"),
    TRACKER_REDIS(Service.TRACKER, Backing.REDIS, "ARTCAFE_REDIS_URL"),
    TRACKER_DYNAMODB(Service.TRACKER, Backing.DYNAMODB, "ARTCAFE_DYNAMODB_ENDPOINT"),
    METRICS_REDIS(Service.METRICS, Backing.REDIS, "ARTCAFE_REDIS_URL"),
    METRICS_DYNAMODB(Service.METRICS, Backing.DYNAMODB, "ARTCAFE_DYNAMODB_ENDPOINT");

    private final Service service;
    private final Backing backing;
    private final String variable;

    Link(Service service, Backing backing, String variable) {
        this.service = service;
        this.backing = backing;
        this.variable = variable;
    }

    public Service service() {
        return service;
    }

    public Backing backing() {
        return backing;
    }

    /** The environment variable that tells the service where the other end is. */
    String variable() {
        return variable;
    }
}
