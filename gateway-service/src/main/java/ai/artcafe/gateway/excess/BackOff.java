package ai.artcafe.gateway.excess;

import ai.artcafe.model.limit.OverLimit;
import java.time.Duration;

/**
 * An agent is refused for having been over a limit.
 *
 * @param kind which limit
 * @param left for how long still
 * @param noted whether it was told already that it was refused
 */
public record BackOff(OverLimit.Kind kind, Duration left, boolean noted) {}
