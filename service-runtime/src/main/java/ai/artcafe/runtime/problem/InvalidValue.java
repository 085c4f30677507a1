package ai.artcafe.runtime.problem;

import ai.artcafe.model.problem.ErrorCode;
import ai.artcafe.model.problem.ProblemException;
import java.util.Optional;

/**
 * The refusal of a value by one of the model's types, whose texts are written for clients. The same
 * exception from anywhere else is a fault of ours.
 */
final class InvalidValue {

    private static final String MODEL = "ai.artcafe.model.";

    private InvalidValue() {}

    static Optional<ProblemException> in(Throwable error) {
        for (Throwable cause = error; cause != null; cause = cause.getCause()) {
            String text = cause.getMessage();
            if (cause instanceof IllegalArgumentException && text != null && isOfModel(cause)) {
                return Optional.of(ErrorCode.INVALID_REQUEST.because(text));
            }
        }
        return Optional.empty();
    }

    private static boolean isOfModel(Throwable error) {
        StackTraceElement[] frames = error.getStackTrace();
        return frames.length > 0 && frames[0].getClassName().startsWith(MODEL);
    }
}
