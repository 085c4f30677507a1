package ai.artcafe.metrics.usage.export;

import java.io.IOException;
import java.io.OutputStream;

/** Lets through so many of the bytes that it is given, without the first. Not thread-safe. */
final class Window {

    private final OutputStream out;
    private long skip;
    private long left;

    Window(OutputStream out, long skip, long length) {
        this.out = out;
        this.skip = skip;
        this.left = length;
    }

    void write(byte[] bytes) throws IOException {
        int from = (int) Math.min(skip, bytes.length);
        skip -= from;
        int length = (int) Math.min(left, bytes.length - from);
        out.write(bytes, from, length);
        left -= length;
    }

    boolean isFull() {
        return left == 0;
    }

    /** Whether nothing more would be let through after these. */
    boolean isFilledBy(byte[] bytes) {
        return bytes.length - skip >= left;
    }
}
