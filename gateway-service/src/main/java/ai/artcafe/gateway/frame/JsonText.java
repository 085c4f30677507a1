package ai.artcafe.gateway.frame;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonFactoryBuilder;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import java.io.IOException;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Optional;

/**
 * JSON text as bytes: checked, and without the white space between its tokens. Numbers, escapes and
 * the order and repetition of names stay exactly as they were written.
 */
public final class JsonText {

    private static final int MAX_NUMBER_LENGTH = 1000;
    private static final VarHandle EIGHT_BYTES =
            MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.nativeOrder());
    private static final long NOT_ASCII = 0x8080808080808080L;

    private final JsonFactory factory;

    /**
     * @param maxDepth how deep objects and arrays may be nested
     */
    public JsonText(int maxDepth) {
        this.factory =
                new JsonFactoryBuilder()
                        .disable(JsonFactory.Feature.CHARSET_DETECTION)
                        .disable(JsonFactory.Feature.INTERN_FIELD_NAMES)
                        .streamReadConstraints(
                                StreamReadConstraints.builder()
                                        .maxNestingDepth(maxDepth)
                                        .maxNumberLength(MAX_NUMBER_LENGTH)
                                        .build())
                        .build();
    }

    public JsonParser parser(byte[] text) throws IOException {
        return factory.createParser(text);
    }

    /** The text without insignificant white space, or empty when it is not one JSON value. */
    public Optional<byte[]> compact(byte[] text) {
        if (text.length == 0 || !isUtf8(text)) {
            return Optional.empty();
        }
        try (JsonParser parser = parser(text)) {
            JsonToken token = parser.nextToken();
            if (token == null) {
                return Optional.empty();
            }
            parser.skipChildren();
            parser.finishToken();
            if (parser.nextToken() != null) {
                return Optional.empty();
            }
            return Optional.of(withoutWhiteSpace(text, 0, text.length));
        } catch (IOException _) {
            return Optional.empty();
        }
    }

    /** The part of a valid JSON text without insignificant white space. */
    public static byte[] withoutWhiteSpace(byte[] text, int from, int to) {
        byte[] compact = new byte[to - from];
        int length = 0;
        boolean inString = false;
        for (int i = from; i < to; i++) {
            byte b = text[i];
            if (inString) {
                if (b == '\\') {
                    compact[length++] = b;
                    b = text[++i];
                } else if (b == '"') {
                    inString = false;
                }
                compact[length++] = b;
            } else if (b > ' ' || b < 0) {
                inString = b == '"';
                compact[length++] = b;
            }
        }
        return length == compact.length ? compact : Arrays.copyOf(compact, length);
    }

    /**
     * Where the string ends that begins at this quotation mark: behind its closing one, or at the
     * end of the text when it has none.
     */
    public static int endOfString(byte[] text, int from) {
        int i = from + 1;
        while (i < text.length && text[i] != '"') {
            i += text[i] == '\\' ? 2 : 1;
        }
        return Math.min(i + 1, text.length);
    }

    /** Jackson lets some malformed sequences pass, and a text frame must hold none. */
    public static boolean isUtf8(byte[] text) {
        if (isAscii(text)) {
            return true;
        }
        try {
            StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(text));
            return true;
        } catch (CharacterCodingException _) {
            return false;
        }
    }

    private static boolean isAscii(byte[] text) {
        int i = 0;
        for (; i <= text.length - Long.BYTES; i += Long.BYTES) {
            if (((long) EIGHT_BYTES.get(text, i) & NOT_ASCII) != 0) {
                return false;
            }
        }
        for (; i < text.length; i++) {
            if (text[i] < 0) {
                return false;
            }
        }
        return true;
    }
}
