package ai.artcafe.gateway.agent;

import ai.artcafe.gateway.broker.NKeys;
import ai.artcafe.gateway.ssh.SshPublicKey;
import ai.artcafe.model.identity.AgentId;
import ai.artcafe.model.identity.TenantId;
import ai.artcafe.model.problem.ErrorCode;
import ai.artcafe.model.problem.ProblemException;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/** What a request to register an agent says; everything is optional. */
record NewAgent(
        Optional<AgentId> agentId,
        Optional<String> name,
        Optional<String> sshPublicKey,
        Optional<String> nkeyPublicKey,
        Optional<List<String>> capabilities,
        Optional<Map<String, String>> metadata) {

    private static final int MAX_NAME = 200;
    private static final int MAX_ENTRIES = 50;
    private static final int MAX_WORD = 100;
    private static final int MAX_VALUE = 1000;

    /** The agent, valid in all its parts; a missing id is made up. */
    Agent register(TenantId tenant, Instant now) {
        return new Agent(
                agentId.orElseGet(() -> new AgentId(UUID.randomUUID().toString())),
                tenant,
                name.map(text -> bounded("name", text, MAX_NAME)),
                sshPublicKey.map(NewAgent::sshKey),
                nkeyPublicKey.map(NewAgent::nkey),
                checkedCapabilities(),
                checkedMetadata(),
                Agent.Status.ACTIVE,
                now);
    }

    private List<String> checkedCapabilities() {
        List<String> given = capabilities.orElse(List.of());
        requireFew("capabilities", given.size());
        return given.stream().map(text -> bounded("capabilities", text, MAX_WORD)).toList();
    }

    private Map<String, String> checkedMetadata() {
        Map<String, String> given = metadata.orElse(Map.of());
        requireFew("metadata", given.size());
        given.forEach((key, value) -> {
            bounded("metadata", key, MAX_WORD);
            if (!value.isEmpty()) {
                bounded("metadata", value, MAX_VALUE);
            }
        });
        return given;
    }

    private static String sshKey(String text) {
        try {
            return SshPublicKey.parse(text).line();
        } catch (IllegalArgumentException e) {
            throw invalid("ssh_public_key", String.valueOf(e.getMessage()));
        }
    }

    private static String nkey(String text) {
        if (!NKeys.isUserPublicKey(text)) {
            throw invalid(
                    "nkey_public_key",
                    "nkey_public_key must be the public key of an NKey user: U and 55 characters"
                            + " with a right checksum");
        }
        return text;
    }

    @SuppressWarnings("ConstantValue") // JSON may hold null in a list
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
