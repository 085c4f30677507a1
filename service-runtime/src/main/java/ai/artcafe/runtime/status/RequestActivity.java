package ai.artcafe.runtime.status;

import ai.artcafe.model.flow.Distribution;

/**
 * Requests to agents.
 *
 * @param answered with a reply
 * @param timedOut without one in time, or nobody listened
 * @param failed not taken by NATS
 * @param millis how long the replies took
 */
public record RequestActivity(long answered, long timedOut, long failed, Distribution millis) {

    public static final RequestActivity NONE = new RequestActivity(0, 0, 0, new Distribution());

    public long requests() {
        return answered + timedOut + failed;
    }

    public RequestActivity plus(RequestActivity other) {
        return new RequestActivity(
                answered + other.answered,
                timedOut + other.timedOut,
                failed + other.failed,
                Sketches.sum(millis, other.millis));
    }
}
