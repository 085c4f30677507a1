package ai.artcafe.system.bench;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/**
 * A number that one process writes and another reads, in a mapped file: it costs neither anything.
 */
final class SharedCount {

    private static final VarHandle VALUE =
            MethodHandles.byteBufferViewVarHandle(long[].class, ByteOrder.nativeOrder());

    private final ByteBuffer memory;

    private SharedCount(ByteBuffer memory) {
        this.memory = memory;
    }

    static SharedCount in(Path file) {
        try (FileChannel channel =
                FileChannel.open(
                        file,
                        StandardOpenOption.CREATE,
                        StandardOpenOption.READ,
                        StandardOpenOption.WRITE)) {
            return new SharedCount(
                    channel.map(FileChannel.MapMode.READ_WRITE, 0, Long.BYTES)
                            .order(ByteOrder.nativeOrder()));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    void set(long value) {
        VALUE.setRelease(memory, 0, value);
    }

    long get() {
        return (long) VALUE.getAcquire(memory, 0);
    }
}
