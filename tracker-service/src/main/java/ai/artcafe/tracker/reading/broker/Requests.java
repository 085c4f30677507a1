package ai.artcafe.tracker.reading.broker;

import io.nats.client.Message;
import java.io.IOException;
import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import org.jboss.logging.Logger;

/**
 * Requests to NATS servers that are under way. Each has a reply subject of its own, and as many
 * answers as there are servers.
 *
 * <p>Thread-safe.
 */
final class Requests {

    private static final Logger LOG = Logger.getLogger(Requests.class);

    /** After so many further requests no answer is expected any more. */
    private static final int REMEMBERED = 20_000;

    /** Sends a request to NATS; without effect while there is no connection. */
    @FunctionalInterface
    interface Transport {
        void publish(String subject, String replyTo, String body);
    }

    /** Takes one server's answer. */
    @FunctionalInterface
    interface Answer {
        /**
         * @return the server, when it has said all that was asked for
         */
        Optional<String> take(byte[] json) throws IOException;
    }

    /** A question, of which several requests may be part, and who has answered all of it. */
    static final class Question {
        private final Set<String> answered = new HashSet<>(); // guarded by the requests
    }

    private record Request(Question question, Answer answer) {}

    private final String inbox;
    private final Transport transport;
    // guarded by this
    private final Map<Long, Request> requests = new HashMap<>();
    private long next;

    /**
     * @param inbox what reply subjects begin with
     */
    Requests(String inbox, Transport transport) {
        this.inbox = inbox;
        this.transport = transport;
    }

    /** Where the answers come. */
    String subject() {
        return inbox + ".*";
    }

    /** Asks as a part of the question. */
    void send(Question question, String subject, String body, Answer answer) {
        long number;
        synchronized (this) {
            number = next++;
            requests.put(number, new Request(question, answer));
            requests.remove(number - REMEMBERED);
        }
        transport.publish(subject, inbox + '.' + number, body);
    }

    /** Has the answer taken by whom it is for. */
    void answer(Message message) {
        try {
            String subject = message.getSubject();
            long number = Long.parseLong(subject.substring(subject.lastIndexOf('.') + 1));
            Request request;
            synchronized (this) {
                request = requests.get(number);
            }
            if (request != null) {
                request.answer()
                        .take(message.getData())
                        .ifPresent(server -> answered(request.question(), server));
            }
        } catch (IOException | RuntimeException e) {
            LOG.warnf("Answer of a NATS server not understood: reason=%s", e.getMessage());
        }
    }

    /** The server has said all that the question asks. */
    synchronized void answered(Question question, String server) {
        question.answered.add(server);
        notifyAll();
    }

    /**
     * Waits until at least one server and all that are expected have answered, or for as long as
     * patience lasts.
     *
     * @return who has answered
     */
    synchronized Set<String> await(
            Question question, Supplier<Set<String>> expected, Duration patience) {
        long deadline = System.nanoTime() + patience.toNanos();
        try {
            while (question.answered.isEmpty() || !question.answered.containsAll(expected.get())) {
                long left = (deadline - System.nanoTime()) / 1_000_000;
                if (left <= 0) {
                    break;
                }
                wait(left);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        return Set.copyOf(question.answered);
    }
}
