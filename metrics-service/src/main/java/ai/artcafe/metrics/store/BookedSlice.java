package ai.artcafe.metrics.store;

/** The address of one value: whose, and when. */
public record BookedSlice(UsageOwner owner, Slice slice) {}
