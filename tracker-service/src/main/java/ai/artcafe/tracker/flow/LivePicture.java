package ai.artcafe.tracker.flow;

import ai.artcafe.tracker.tap.ControlListener;

/**
 * Where what the tap sees goes to, beside the counters.
 *
 * @param control hears heartbeats and the like
 */
public record LivePicture(FlowStore store, FlowFeedConfig config, ControlListener control) {}
