package ai.artcafe.stack.process;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * What happens when this JVM ends: first what was asked for, latest first, then every child process
 * that is still there is killed.
 */
public final class Shutdown {

    private static final Deque<Runnable> IN_ORDER = new ArrayDeque<>(); // guarded by itself
    private static final Set<Process> CHILDREN = ConcurrentHashMap.newKeySet();

    static {
        Runtime.getRuntime().addShutdownHook(Thread.ofPlatform().unstarted(Shutdown::run));
    }

    private Shutdown() {}

    /** Runs it before any child process is killed. */
    public static void first(Runnable step) {
        synchronized (IN_ORDER) {
            IN_ORDER.push(step);
        }
    }

    static void kill(Process child) {
        CHILDREN.add(child);
        var _ = child.onExit().thenRun(() -> CHILDREN.remove(child));
    }

    private static void run() {
        while (true) {
            Runnable step;
            synchronized (IN_ORDER) {
                step = IN_ORDER.poll();
            }
            if (step == null) {
                break;
            }
            try {
                step.run();
            } catch (RuntimeException e) {
                System.err.println("while shutting down: " + e.getMessage());
            }
        }
        CHILDREN.forEach(Process::destroyForcibly);
    }
}
