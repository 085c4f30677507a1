package ai.artcafe.nats;

/** Checks what a channel is configured with. */
final class Limits {

    private Limits() {}

    static int positive(int value, String attribute, String channel) {
        if (value < 1) {
            throw notPositive(attribute, channel, value);
        }
        return value;
    }

    static long positive(long value, String attribute, String channel) {
        if (value < 1) {
            throw notPositive(attribute, channel, value);
        }
        return value;
    }

    private static IllegalArgumentException notPositive(
            String attribute, String channel, long value) {
        return new IllegalArgumentException(
                "%s of channel '%s' must be positive: %d".formatted(attribute, channel, value));
    }
}
