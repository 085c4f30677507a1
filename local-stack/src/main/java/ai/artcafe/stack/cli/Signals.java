package ai.artcafe.stack.cli;

import ai.artcafe.stack.StackException;
import java.io.IOException;
import java.util.concurrent.TimeUnit;

/** Signals to processes, beyond those that Java knows. */
final class Signals {

    private Signals() {}

    /** Tells a NATS server to take no new connections and to end when its grace is over. */
    static void lameDuck(long pid) {
        try {
            Process kill = new ProcessBuilder("kill", "-USR2", Long.toString(pid)).start();
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
