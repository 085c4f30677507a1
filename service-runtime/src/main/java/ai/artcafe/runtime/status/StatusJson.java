package ai.artcafe.runtime.status;

import ai.artcafe.model.flow.DistinctItems;
import ai.artcafe.model.flow.Distribution;
import ai.artcafe.runtime.json.JsonConventions;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.DeserializationContext;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializerProvider;
import com.fasterxml.jackson.databind.deser.std.StdDeserializer;
import com.fasterxml.jackson.databind.module.SimpleModule;
import com.fasterxml.jackson.databind.ser.std.StdSerializer;
import com.fasterxml.jackson.datatype.jdk8.Jdk8Module;
import com.fasterxml.jackson.datatype.jsr310.JavaTimeModule;
import java.io.IOException;
import java.util.List;
import java.util.function.Function;

/** The JSON of reports and of what is kept of them; sketches are in it as base64. */
public final class StatusJson {

    private static final ObjectMapper JSON =
            JsonConventions.apply(
                    new ObjectMapper()
                            .registerModule(new Jdk8Module())
                            .registerModule(new JavaTimeModule())
                            .registerModule(sketches()));

    private static final TypeReference<List<AgentRequests>> REQUESTS = new TypeReference<>() {};

    private StatusJson() {}

    public static String text(ServiceActivity activity) {
        return write(activity);
    }

    public static String text(RequestActivity activity) {
        return write(activity);
    }

    public static String text(List<AgentRequests> requests) {
        return write(requests);
    }

    public static String text(MinuteReport report) {
        return write(report);
    }

    /**
     * @throws IllegalArgumentException when the text is not one of these
     */
    public static ServiceActivity activity(String text) {
        return read(text, ServiceActivity.class);
    }

    /**
     * @throws IllegalArgumentException when the text is not one of these
     */
    public static RequestActivity requestActivity(String text) {
        return read(text, RequestActivity.class);
    }

    public static String text(SpanSummary summary) {
        return write(summary);
    }

    /**
     * @throws IllegalArgumentException when the text is not one of these
     */
    public static SpanSummary summary(String text) {
        return read(text, SpanSummary.class);
    }

    /**
     * @throws IllegalArgumentException when the text is not one of these
     */
    public static List<AgentRequests> requests(String text) {
        try {
            return JSON.readValue(text, REQUESTS);
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException("not a list of requests", e);
        }
    }

    /**
     * @throws IllegalArgumentException when the bytes are not a report
     */
    public static MinuteReport report(byte[] bytes) {
        try {
            return JSON.readValue(bytes, MinuteReport.class);
        } catch (IOException e) {
            throw new IllegalArgumentException("not a report", e);
        }
    }

    private static String write(Object value) {
        try {
            return JSON.writeValueAsString(value);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(e);
        }
    }

    private static <T> T read(String text, Class<T> type) {
        try {
            return JSON.readValue(text, type);
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException("not a " + type.getSimpleName(), e);
        }
    }

    private static SimpleModule sketches() {
        return new SimpleModule("sketches")
                .addSerializer(new Bytes<>(Distribution.class, Distribution::toBytes))
                .addSerializer(new Bytes<>(DistinctItems.class, DistinctItems::toBytes))
                .addDeserializer(
                        Distribution.class, new OfBytes<>(Distribution.class, Distribution::of))
                .addDeserializer(
                        DistinctItems.class, new OfBytes<>(DistinctItems.class, DistinctItems::of));
    }

    /** Writes as base64. */
    private static final class Bytes<T> extends StdSerializer<T> {

        private static final long serialVersionUID = 1L;

        private final transient Function<T, byte[]> bytes;

        Bytes(Class<T> type, Function<T, byte[]> bytes) {
            super(type);
            this.bytes = bytes;
        }

        @Override
        public void serialize(T value, JsonGenerator out, SerializerProvider provider)
                throws IOException {
            out.writeBinary(bytes.apply(value));
        }
    }

    /** Reads base64. */
    private static final class OfBytes<T> extends StdDeserializer<T> {

        private static final long serialVersionUID = 1L;

        private final transient Function<byte[], T> of;

        OfBytes(Class<T> type, Function<byte[], T> of) {
            super(type);
            this.of = of;
        }

        @Override
        public T deserialize(JsonParser in, DeserializationContext context) throws IOException {
            return of.apply(in.getBinaryValue());
        }
    }
}
