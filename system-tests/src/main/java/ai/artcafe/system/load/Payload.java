package ai.artcafe.system.load;

import java.nio.charset.StandardCharsets;
import java.util.random.RandomGenerator;

/**
 * What a message carries.
 *
 * @param headers a block of NATS headers, from the version line to the empty one; empty for none
 * @param data as it is sent
 * @param compact how many bytes the data has as compact JSON; only told for JSON
 */
record Payload(byte[] headers, byte[] data, int compact) {

    private static final byte[] NONE = {};
    private static final int LARGE = 100_000;

    /** One in so many is large. */
    private static final int LARGE_ONE_IN = 50;

    /** A JSON text, with white space that is not counted. */
    static Payload json(RandomGenerator random) {
        return switch (random.nextInt(5)) {
            case 0 -> text("\"\"");
            case 1 -> text(Integer.toString(random.nextInt()));
            case 2 -> text("\"" + letters(size(random)) + "\"");
            default -> {
                // two bytes a letter, and an escape that stays as it is
                String words = "\"\u00e9\\u00e9" + letters(size(random)) + "\"";
                int n = random.nextInt(1000);
                Payload compact = text("{\"n\":" + n + ",\"words\":[" + words + ",null]}");
                Payload spaced =
                        text(" { \"n\" : " + n + " ,\t\"words\" : [ " + words + " , null ] } ");
                yield new Payload(NONE, spaced.data, compact.data.length);
            }
        };
    }

    /** Anything that an agent at the NATS door may send. */
    static Payload any(RandomGenerator random) {
        byte[] headers = random.nextInt(3) == 0 ? headers(random) : NONE;
        return switch (random.nextInt(4)) {
            case 0 -> new Payload(headers, NONE, 0);
            case 1 -> {
                byte[] bytes = new byte[size(random)];
                random.nextBytes(bytes);
                yield new Payload(headers, bytes, bytes.length);
            }
            default -> {
                Payload json = json(random);
                yield new Payload(headers, json.data, json.compact);
            }
        };
    }

    /** JSON without white space around it. */
    static Payload text(String json) {
        byte[] bytes = json.getBytes(StandardCharsets.UTF_8);
        return new Payload(NONE, bytes, bytes.length);
    }

    /** What counts at the NATS door: payload and headers. */
    int size() {
        return headers.length + data.length;
    }

    private static byte[] headers(RandomGenerator random) {
        StringBuilder block = new StringBuilder("NATS/1.0\r\n");
        for (int i = random.nextInt(4); i >= 0; i--) {
            block.append("X-Load-").append(i).append(": ");
            block.append(letters(random.nextInt(40))).append("\r\n");
        }
        return block.append("\r\n").toString().getBytes(StandardCharsets.US_ASCII);
    }

    private static int size(RandomGenerator random) {
        return random.nextInt(LARGE_ONE_IN) == 0 ? random.nextInt(LARGE) : random.nextInt(200);
    }

    private static String letters(int count) {
        return "x".repeat(count);
    }
}
