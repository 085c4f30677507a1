package ai.artcafe.model.problem;

import java.util.Map;

/**
 * An error on its way to the client. The detail is shown to the client: never put a secret in it.
 */
public final class ProblemException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final ErrorCode code;
    private final transient Map<String, String> members;

    public ProblemException(ErrorCode code, String detail) {
        this(code, detail, Map.of());
    }

    /**
     * @param members further members of the problem object, such as {@code required_tier}
     */
    public ProblemException(ErrorCode code, String detail, Map<String, String> members) {
        super(detail, null, false, false);
        this.code = code;
        this.members = Map.copyOf(members);
    }

    public ErrorCode code() {
        return code;
    }

    public String detail() {
        return String.valueOf(getMessage());
    }

    public Map<String, String> members() {
        return members;
    }
}
