package ai.artcafe.stack.cli;

import ai.artcafe.stack.StackException;
import java.io.IOException;
import java.util.concurrent.TimeUnit;

/** Signals to processes, beyond those that Java knows. */
final class Signals {

    private Signals() {}

    /** Has a server read its configuration again. */
    static void reload(long pid) {
        try {
            Process kill = new ProcessBuilder("kill", "-HUP", Long.toString(pid)).start();
            if (!kill.waitFor(5, TimeUnit.SECONDS) || kill.exitValue() != 0) {
                throw new StackException("process " + pid + " cannot be signalled");
            }
        } catch (IOException e) {
            throw new StackException("process " + pid + " cannot be signalled", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new StackException("interrupted", e);
        }
    }
}
