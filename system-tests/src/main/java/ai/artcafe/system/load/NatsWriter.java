package ai.artcafe.system.load;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.locks.ReentrantLock;

/** A client's half of the NATS protocol. Thread-safe. */
final class NatsWriter {

    private static final byte[] END = {'\r', '\n'};

    private final OutputStream out;
    private final ReentrantLock lock = new ReentrantLock();

    NatsWriter(OutputStream out) {
        this.out = new BufferedOutputStream(out, 16 * 1024);
    }

    void line(String line) throws IOException {
        lock.lock();
        try {
            write(line);
        } finally {
            lock.unlock();
        }
    }

    void publish(String subject, Payload payload) throws IOException {
        int headers = payload.headers().length;
        lock.lock();
        try {
            write(
                    headers == 0
                            ? "PUB " + subject + " " + payload.size()
                            : "HPUB " + subject + " " + headers + " " + payload.size());
            out.write(payload.headers());
            out.write(payload.data());
            out.write(END);
        } finally {
            lock.unlock();
        }
    }

    private void write(String line) throws IOException {
        out.write(line.getBytes(StandardCharsets.US_ASCII));
        out.write(END);
    }

    void flush() throws IOException {
        lock.lock();
        try {
            out.flush();
        } finally {
            lock.unlock();
        }
    }
}
