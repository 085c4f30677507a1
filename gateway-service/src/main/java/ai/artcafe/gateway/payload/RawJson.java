package ai.artcafe.gateway.payload;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.io.JsonEOFException;
import com.fasterxml.jackson.databind.DeserializationContext;
import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.SerializerProvider;
import com.fasterxml.jackson.databind.annotation.JsonDeserialize;
import com.fasterxml.jackson.databind.annotation.JsonSerialize;
import com.fasterxml.jackson.databind.deser.std.StdDeserializer;
import com.fasterxml.jackson.databind.ser.std.StdSerializer;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Any JSON value as compact text: numbers keep their value to the last digit, names their order and
 * repetition.
 */
@JsonDeserialize(using = RawJson.Reader.class)
@JsonSerialize(using = RawJson.Writer.class)
public final class RawJson {

    /** How deep objects and arrays may be nested, as in the frames of sockets. */
    static final int MAX_DEPTH = 100;

    private static final JsonFactory FACTORY = new JsonFactory();

    private final byte[] text;

    private RawJson(byte[] text) {
        this.text = text;
    }

    /** The value as UTF-8. */
    public byte[] bytes() {
        return text.clone();
    }

    /** The value that the text is, or empty when it is not exactly one. */
    public static Optional<RawJson> parse(byte[] text) {
        try (JsonParser parser = FACTORY.createParser(text)) {
            if (parser.nextToken() == null) {
                return Optional.empty();
            }
            RawJson value = copy(parser);
            return parser.nextToken() == null ? Optional.of(value) : Optional.empty();
        } catch (IOException _) {
            return Optional.empty();
        }
    }

    /** The value at which the parser is. */
    private static RawJson copy(JsonParser parser) throws IOException {
        ByteArrayOutputStream text = new ByteArrayOutputStream();
        try (JsonGenerator out = FACTORY.createGenerator(text)) {
            int depth = 0;
            JsonToken token = parser.currentToken();
            while (true) {
                out.copyCurrentEventExact(parser);
                if (token.isStructStart() && ++depth > MAX_DEPTH) {
                    throw JsonMappingException.from(parser, "nested deeper than " + MAX_DEPTH);
                }
                if (token.isStructEnd()) {
                    depth--;
                }
                if (depth == 0) {
                    break;
                }
                token = parser.nextToken();
                if (token == null) {
                    throw new JsonEOFException(parser, JsonToken.NOT_AVAILABLE, "unexpected end");
                }
            }
        }
        return new RawJson(text.toByteArray());
    }

    /** Keeps what stands in a body. */
    static final class Reader extends StdDeserializer<RawJson> {

        private static final long serialVersionUID = 1L;

        Reader() {
            super(RawJson.class);
        }

        @Override
        public RawJson deserialize(JsonParser parser, DeserializationContext context)
                throws IOException {
            return copy(parser);
        }

        @Override
        public @Nullable Object getAbsentValue(DeserializationContext context) {
            return null;
        }

        /** A {@code null} that is written is a value like any other. */
        @Override
        public RawJson getNullValue(DeserializationContext context) {
            return new RawJson("null".getBytes(StandardCharsets.UTF_8));
        }
    }

    /** Writes it as it is. */
    static final class Writer extends StdSerializer<RawJson> {

        private static final long serialVersionUID = 1L;

        Writer() {
            super(RawJson.class);
        }

        @Override
        public void serialize(RawJson value, JsonGenerator out, SerializerProvider provider)
                throws IOException {
            out.writeRawValue(new String(value.text, StandardCharsets.UTF_8));
        }
    }
}
