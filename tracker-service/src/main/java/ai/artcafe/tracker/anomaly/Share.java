package ai.artcafe.tracker.anomaly;

/** How much of a minute's messages one of several has: an agent, or a subject. */
record Share(String name, long messages) {}
