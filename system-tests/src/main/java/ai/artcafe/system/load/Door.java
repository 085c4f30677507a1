package ai.artcafe.system.load;

/** The two ways into the platform. */
enum Door {
    NATS,
    WEBSOCKET
}
