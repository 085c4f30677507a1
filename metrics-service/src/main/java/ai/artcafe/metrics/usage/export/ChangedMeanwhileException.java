package ai.artcafe.metrics.usage.export;

/** What a file is made of was corrected while it was given out. */
final class ChangedMeanwhileException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    ChangedMeanwhileException(String message) {
        super(message, null, false, false);
    }
}
