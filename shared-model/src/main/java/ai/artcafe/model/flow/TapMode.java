package ai.artcafe.model.flow;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/**
 * How closely the tap looks at a tenant's messages.
 *
 * @param sample of how many messages at most one is looked at in detail; 1 but where sampled
 */
public record TapMode(Kind kind, int sample) {

    public static final int MAX_SAMPLE = 1_000_000;

    /** All messages are counted; as many are looked at as there is time for. */
    public static final TapMode FULL = new TapMode(Kind.FULL, 1);

    /**
     * Only heartbeats and the like are heard: what the tenant publishes otherwise is not seen, and
     * a request that nobody serves fails at once.
     */
    public static final TapMode OFF = new TapMode(Kind.OFF, 1);

    /** The kinds of it. */
    public enum Kind {
        FULL,
        SAMPLED,
        OFF;

        /** The name in stores and answers, lower case. */
        public String id() {
            return name().toLowerCase(Locale.ROOT);
        }

        public static Optional<Kind> parse(String id) {
            return Arrays.stream(values()).filter(kind -> kind.id().equals(id)).findFirst();
        }
    }

    public TapMode {
        if (kind == Kind.SAMPLED ? sample < 2 || sample > MAX_SAMPLE : sample != 1) {
            throw new IllegalArgumentException("sample must not be " + sample);
        }
    }

    /** All messages are counted, and one in so many is looked at. */
    public static TapMode sampled(int sample) {
        return new TapMode(Kind.SAMPLED, sample);
    }

    /** As it was stored; full where nothing was stored, or what is not understood. */
    public static TapMode of(String kind, long sample) {
        return switch (Kind.parse(kind).orElse(Kind.FULL)) {
            case FULL -> FULL;
            case OFF -> OFF;
            case SAMPLED ->
                    sample >= 2 && sample <= MAX_SAMPLE ? sampled(Math.toIntExact(sample)) : FULL;
        };
    }

    public boolean isOff() {
        return kind == Kind.OFF;
    }
}
