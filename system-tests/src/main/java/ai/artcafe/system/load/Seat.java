package ai.artcafe.system.load;

import java.io.IOException;
import java.util.List;

/** One open connection in a circle: what it listens to, and how much it should have heard. */
final class Seat {

    /**
     * A subscription to a topic of the circle.
     *
     * @param wording which form it hears; the WebSocket door hears all of them
     * @param topic the last token, or a wildcard
     */
    record Ear(Wording wording, String topic) {}

    private final LoadAgent agent;
    private final AgentConnection connection;
    private final List<Ear> ears;
    private long expected;
    private boolean hasSpoken;

    Seat(LoadAgent agent, AgentConnection connection, List<Ear> ears) {
        this.agent = agent;
        this.connection = connection;
        this.ears = List.copyOf(ears);
    }

    LoadAgent agent() {
        return agent;
    }

    AgentConnection connection() {
        return connection;
    }

    boolean listens() {
        return !ears.isEmpty();
    }

    /** Something was said on a topic of the circle. */
    void expect(Wording wording, String topic) {
        expected += ears.stream().filter(ear -> hears(ear, wording, topic)).count();
    }

    private boolean hears(Ear ear, Wording wording, String topic) {
        boolean formFits = agent.door() == Door.WEBSOCKET || ear.wording() == wording;
        boolean topicFits =
                ear.topic().equals(topic) || ear.topic().equals("*") || ear.topic().equals(">");
        return formFits && topicFits;
    }

    long expected() {
        return expected;
    }

    /** What it has heard is what it will hear of what has been said. */
    void expectNoMore() {
        expected = connection.heard();
    }

    void say(Said said) throws IOException {
        hasSpoken = true;
        connection.publish(said);
    }

    boolean hasSpoken() {
        return hasSpoken;
    }

    void beSilent() {
        hasSpoken = false;
    }
}
