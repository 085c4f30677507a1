package ai.artcafe.gateway.broker;

import io.nats.client.impl.Headers;
import java.nio.charset.StandardCharsets;

/**
 * Headers of a message to be sent, as the bytes that they are on the wire: jnats copies them there,
 * instead of two maps for each message. They cannot be looked up by name.
 */
final class WrittenHeaders extends Headers {

    private final byte[] bytes;

    /**
     * @param text a line for the version, one a header, an empty one; all end with CR LF
     */
    WrittenHeaders(String text) {
        super(null, true);
        this.bytes = text.getBytes(StandardCharsets.ISO_8859_1);
    }

    @Override
    public boolean isEmpty() {
        return false;
    }

    @Override
    public int serializedLength() {
        return bytes.length;
    }

    @Override
    public byte[] getSerialized() {
        return bytes.clone();
    }

    @Override
    public int serializeToArray(int destPosition, byte[] dest) {
        System.arraycopy(bytes, 0, dest, destPosition, bytes.length);
        return bytes.length;
    }

    @Override
    public String toString() {
        return new String(bytes, StandardCharsets.ISO_8859_1);
    }
}
