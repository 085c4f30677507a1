package ai.artcafe.metrics.answer;

import java.nio.charset.StandardCharsets;

/**
 * An answer as it is sent. Not a record: its bytes are shared and two of them are never compared.
 */
public final class Rendered {

    private final byte[] body;
    private final EntityTag tag;

    Rendered(byte[] body, EntityTag tag) {
        this.body = body;
        this.tag = tag;
    }

    /** The JSON as UTF-8, which nobody may change. */
    public byte[] body() {
        return body;
    }

    EntityTag tag() {
        return tag;
    }

    /** The JSON. */
    public String text() {
        return new String(body, StandardCharsets.UTF_8);
    }
}
