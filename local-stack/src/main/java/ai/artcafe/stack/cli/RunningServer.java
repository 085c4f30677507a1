package ai.artcafe.stack.cli;

import ai.artcafe.stack.broker.Kicker;
import ai.artcafe.stack.broker.NatsServerConfig;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;

/**
 * A NATS server on this machine.
 *
 * @param pid its process
 * @param config the file that it reads at start and at every reload
 */
record RunningServer(long pid, Path config) {

    private static final long READ_WITHIN_MS = 1_000;

    /** Ends all clients' connections and lets nobody in; the file is left as it was. */
    void closeDoor() {
        try {
            String text = Files.readString(config);
            Files.writeString(config, NatsServerConfig.drained(text));
            try {
                reload();
            } finally {
                Files.writeString(config, text);
            }
        } catch (IOException e) {
            throw new UncheckedIOException("cannot change " + config, e);
        }
    }

    /** Lets clients in again. */
    void openDoor(Kicker kicker) {
        reload();
        kicker.kickResponders();
    }

    private void reload() {
        Signals.reload(pid);
        try {
            TimeUnit.MILLISECONDS.sleep(READ_WITHIN_MS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
