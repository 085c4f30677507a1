package ai.artcafe.metrics.analytics;

import ai.artcafe.metrics.store.Booked;
import ai.artcafe.model.usage.Traffic;

/** What is booked to an agent, or to all of them. */
record AgentTraffic(Traffic published, Traffic delivered) {

    static final AgentTraffic NONE = new AgentTraffic(Traffic.NONE, Traffic.NONE);

    static AgentTraffic of(Booked booked) {
        return new AgentTraffic(booked.totals().published(), booked.totals().delivered());
    }

    AgentTraffic plus(AgentTraffic other) {
        return new AgentTraffic(published.plus(other.published), delivered.plus(other.delivered));
    }

    AgentTraffic minus(AgentTraffic other) {
        return new AgentTraffic(published.minus(other.published), delivered.minus(other.delivered));
    }
}
