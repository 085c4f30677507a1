package ai.artcafe.model.subject;

import java.nio.charset.StandardCharsets;
import java.util.Optional;

/**
 * A NATS subject: dot-separated tokens without white space. One with wildcards ({@code *}, a final
 * {@code >}) can be subscribed to, not published to.
 */
public record Subject(String value) {

    /** What NATS takes comfortably in a protocol line; longer ones are refused at our edge. */
    public static final int MAX_BYTES = 512;

    public static final int MAX_TOKENS = 32;

    public Subject {
        check(value)
                .ifPresent(fault -> {
                    throw new IllegalArgumentException(fault);
                });
    }

    /** The subject, or empty when the text is not one. */
    public static Optional<Subject> parse(String text) {
        return check(text).isEmpty() ? Optional.of(new Subject(text)) : Optional.empty();
    }

    /** Whether it can be published to. */
    public boolean isLiteral() {
        for (String token : value.split("\\.", -1)) {
            if (token.equals("*") || token.equals(">")) {
                return false;
            }
        }
        return true;
    }

    /** The text before the first dot. */
    public String firstToken() {
        int dot = value.indexOf('.');
        return dot < 0 ? value : value.substring(0, dot);
    }

    @Override
    public String toString() {
        return value;
    }

    private static Optional<String> check(String text) {
        if (text.isEmpty()) {
            return Optional.of("subject must not be empty");
        }
        if (text.getBytes(StandardCharsets.UTF_8).length > MAX_BYTES) {
            return Optional.of("subject must not be longer than " + MAX_BYTES + " bytes");
        }
        String[] tokens = text.split("\\.", -1);
        if (tokens.length > MAX_TOKENS) {
            return Optional.of("subject must not have more than " + MAX_TOKENS + " tokens");
        }
        for (int i = 0; i < tokens.length; i++) {
            if (tokens[i].isEmpty()) {
                return Optional.of("subject must not have an empty token");
            }
            if (tokens[i].equals(">") && i < tokens.length - 1) {
                return Optional.of("'>' must be the last token of a subject");
            }
        }
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (Character.isSpaceChar(c)
                    || Character.isWhitespace(c)
                    || Character.isISOControl(c)) {
                return Optional.of("subject must not contain white space or control characters");
            }
        }
        if (text.codePoints().anyMatch(Subject::isUnpairedSurrogate)) {
            return Optional.of("subject must be valid Unicode");
        }
        return Optional.empty();
    }

    private static boolean isUnpairedSurrogate(int codePoint) {
        return codePoint >= Character.MIN_SURROGATE && codePoint <= Character.MAX_SURROGATE;
    }
}
