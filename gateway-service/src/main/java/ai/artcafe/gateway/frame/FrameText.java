package ai.artcafe.gateway.frame;

import com.fasterxml.jackson.core.io.JsonStringEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** The text of one outgoing frame while it is being written: a JSON object as UTF-8 bytes. */
public final class FrameText {

    private byte[] bytes;
    private int length;

    private FrameText(int capacity) {
        this.bytes = new byte[capacity];
    }

    /**
     * @param type the frame's {@code type}, one of the protocol's
     * @param extra about how many bytes will follow
     */
    public FrameText(String type, int extra) {
        this(type.length() + extra + 16);
        ascii("{\"type\":\"").ascii(type).ascii("\"");
    }

    /** An object inside a frame. */
    public static FrameText nested(int extra) {
        return new FrameText(extra).ascii("{");
    }

    /** A member whose value is text from anywhere. */
    public FrameText text(String name, String value) {
        name(name);
        if (isPlain(value)) {
            return ascii("\"").ascii(value).ascii("\"");
        }
        return ascii("\"").raw(JsonStringEncoder.getInstance().quoteAsUTF8(value)).ascii("\"");
    }

    public FrameText number(String name, long value) {
        name(name);
        return ascii(Long.toString(value));
    }

    /** A member whose value is JSON already. */
    public FrameText json(String name, byte[] value) {
        name(name);
        return raw(value);
    }

    public FrameText json(String name, String value) {
        return json(name, value.getBytes(StandardCharsets.UTF_8));
    }

    /** The finished frame. */
    public byte[] end() {
        ascii("}");
        return length == bytes.length ? bytes : Arrays.copyOf(bytes, length);
    }

    private void name(String name) {
        if (bytes[length - 1] != '{') {
            ascii(",");
        }
        ascii("\"").ascii(name).ascii("\":");
    }

    @SuppressWarnings("deprecation") // the fastest way to copy text that is known to be ASCII
    private FrameText ascii(String text) {
        reserve(text.length());
        text.getBytes(0, text.length(), bytes, length);
        length += text.length();
        return this;
    }

    private FrameText raw(byte[] more) {
        reserve(more.length);
        System.arraycopy(more, 0, bytes, length, more.length);
        length += more.length;
        return this;
    }

    private void reserve(int more) {
        if (length + more > bytes.length) {
            bytes = Arrays.copyOf(bytes, Math.max(bytes.length * 2, length + more));
        }
    }

    private static boolean isPlain(String text) {
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c < ' ' || c > '~' || c == '"' || c == '\\') {
                return false;
            }
        }
        return true;
    }
}
