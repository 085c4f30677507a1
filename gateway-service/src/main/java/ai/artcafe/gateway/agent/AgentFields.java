package ai.artcafe.gateway.agent;

import ai.artcafe.gateway.broker.NKeys;
import ai.artcafe.gateway.ssh.SshPublicKey;
import ai.artcafe.model.problem.ErrorCode;
import ai.artcafe.model.problem.ProblemException;
import java.util.List;
import java.util.Map;

/**
 * What the fields of an agent may hold. Each method gives the value as it is kept, or throws {@code
 * invalid_request} with the {@code field}.
 */
final class AgentFields {

    private static final int MAX_NAME = 200;
    private static final int MAX_ENTRIES = 50;
    private static final int MAX_WORD = 100;
    private static final int MAX_VALUE = 1000;

    private AgentFields() {}

    static String name(String text) {
        return bounded("name", text, MAX_NAME);
    }

    static List<String> capabilities(List<String> given) {
        requireFew("capabilities", given.size());
        return given.stream().map(text -> bounded("capabilities", text, MAX_WORD)).toList();
    }

    static Map<String, String> metadata(Map<String, String> given) {
        requireFew("metadata", given.size());
        given.forEach((key, value) -> {
            bounded("metadata", key, MAX_WORD);
            if (value == null || !value.isEmpty()) {
                bounded("metadata", value, MAX_VALUE);
            }
        });
        return given;
    }

    static Agent.Status status(String text) {
        return Agent.Status.parse(text)
                .orElseThrow(() -> invalid("status", "status must be active or disabled"));
    }

    static String sshKey(String text) {
        try {
            return SshPublicKey.parse(text).line();
        } catch (IllegalArgumentException e) {
            throw invalid("ssh_public_key", String.valueOf(e.getMessage()));
        }
    }

    static String nkey(String text) {
        if (!NKeys.isUserPublicKey(text)) {
            throw invalid(
                    "nkey_public_key",
                    "nkey_public_key must be the public key of an NKey user: U and 55 characters"
                            + " with a right checksum");
        }
        return text;
    }

    @SuppressWarnings("ConstantValue") // JSON may hold null in lists and objects
    private static String bounded(String field, String text, int max) {
        if (text == null || text.isBlank() || text.length() > max) {
            throw invalid(field, "a text in " + field + " must have 1 to " + max + " characters");
        }
        if (text.chars().anyMatch(Character::isISOControl)) {
            throw invalid(field, field + " must not contain control characters");
        }
        return text;
    }

    private static void requireFew(String field, int entries) {
        if (entries > MAX_ENTRIES) {
            throw invalid(field, field + " must not have more than " + MAX_ENTRIES + " entries");
        }
    }

    private static ProblemException invalid(String field, String detail) {
        return new ProblemException(ErrorCode.INVALID_REQUEST, detail, Map.of("field", field));
    }
}
