package ai.artcafe.stack;

/** A part did not do what it was asked; the message is written for the person at the terminal. */
public final class StackException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    public StackException(String message) {
        super(message);
    }

    public StackException(String message, Throwable cause) {
        super(message, cause);
    }
}
