package ai.artcafe.tracker.flow;

import ai.artcafe.model.flow.Flow;

/** Flows for tests. */
final class Flows {

    private Flows() {}

    /** So many messages of 100 bytes on one subject, each with a latency. */
    static Flow of(String subject, double... latencies) {
        Flow flow = new Flow();
        flow.count(latencies.length, 100L * latencies.length);
        flow.countInspected(latencies.length);
        for (double latency : latencies) {
            flow.latency().add(latency, 1);
            flow.sizes().add(100, 1);
            flow.subjects().add(subject, 1);
            flow.distinctSubjects().add(subject);
        }
        return flow;
    }
}
