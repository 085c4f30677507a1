package ai.artcafe.gateway.reading;

import ai.artcafe.model.usage.GatewayReadings;

/** Takes a batch to the trackers. */
interface ReadingSender {

    /** Returns true once a tracker has applied it, false when none has said so in time. */
    boolean send(GatewayReadings batch);
}
