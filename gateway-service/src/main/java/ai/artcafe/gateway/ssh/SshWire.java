package ai.artcafe.gateway.ssh;

import java.io.ByteArrayOutputStream;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/**
 * Reads the fields of an SSH structure (RFC 4251, section 5).
 *
 * <p>Every read throws {@link IllegalArgumentException} when the field is not there in full.
 */
final class SshWire {

    private final ByteBuffer bytes;

    SshWire(byte[] bytes) {
        this.bytes = ByteBuffer.wrap(bytes);
    }

    byte[] raw(int length) {
        if (length < 0 || length > bytes.remaining()) {
            throw new IllegalArgumentException("the structure ends too early");
        }
        byte[] field = new byte[length];
        bytes.get(field);
        return field;
    }

    int uint32() {
        if (bytes.remaining() < Integer.BYTES) {
            throw new IllegalArgumentException("the structure ends too early");
        }
        return bytes.getInt();
    }

    byte[] string() {
        return raw(uint32());
    }

    String text() {
        return new String(string(), StandardCharsets.US_ASCII);
    }

    /** A positive integer, as in an ECDSA signature. */
    BigInteger positive() {
        byte[] magnitude = string();
        BigInteger value = magnitude.length == 0 ? BigInteger.ZERO : new BigInteger(magnitude);
        if (value.signum() <= 0) {
            throw new IllegalArgumentException("a positive integer is expected");
        }
        return value;
    }

    void end() {
        if (bytes.hasRemaining()) {
            throw new IllegalArgumentException("the structure has bytes after its end");
        }
    }

    /** Appends a string field to a structure that is being built. */
    static void putString(ByteArrayOutputStream out, byte[] field) {
        out.writeBytes(ByteBuffer.allocate(Integer.BYTES).putInt(field.length).array());
        out.writeBytes(field);
    }
}
