package ai.artcafe.gateway.idempotency;

import java.util.Map;

/**
 * How a request was answered.
 *
 * @param headers those that belong to the answer itself
 * @param body as JSON; empty when there is none
 * @param complete false when the body was too large to be kept
 */
public record StoredAnswer(int status, Map<String, String> headers, String body, boolean complete) {

    public StoredAnswer {
        headers = Map.copyOf(headers);
    }
}
