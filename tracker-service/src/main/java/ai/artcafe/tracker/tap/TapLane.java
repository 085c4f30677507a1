package ai.artcafe.tracker.tap;

/** What one dispatcher of the tap fills. */
public record TapLane(TapCounter counter, TapSampler sampler) {}
