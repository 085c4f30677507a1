package ai.artcafe.nats.ack;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Optional;

/**
 * What a receiver says about a message, as the payload it sends to the message's reply subject. The
 * words are JetStream's, so a JetStream consumer and a plain subscriber answer alike.
 */
public enum Answer {
    /** Processed: the sender may forget it. */
    ACK("+ACK"),
    /** Not processed: the sender should send it again. */
    NAK("-NAK"),
    /** Not processed, and never will be: the sender should not send it again. */
    TERM("+TERM");

    private final String word;

    Answer(String word) {
        this.word = word;
    }

    /** The word on the wire. */
    public String word() {
        return word;
    }

    /** The payload that says it. */
    public byte[] payload() {
        return word.getBytes(StandardCharsets.US_ASCII);
    }

    /** What the payload says, or empty when it is none of the words; a detail may follow a word. */
    public static Optional<Answer> read(byte[] payload) {
        for (Answer answer : values()) {
            if (startsWith(payload, answer.payload())) {
                return Optional.of(answer);
            }
        }
        return Optional.empty();
    }

    private static boolean startsWith(byte[] payload, byte[] word) {
        if (payload.length > word.length && payload[word.length] != ' ') {
            return false;
        }
        return payload.length >= word.length
                && Arrays.equals(payload, 0, word.length, word, 0, word.length);
    }
}
