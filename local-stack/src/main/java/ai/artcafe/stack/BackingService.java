package ai.artcafe.stack;

/** One running part that can be broken on purpose; it keeps its port and its data. */
public interface BackingService {

    String name();

    int port();

    /** The id of its process on this machine. */
    long pid();

    boolean isRunning();

    /** Ends it with SIGKILL and returns when it is gone; nothing happens when it is down. */
    void kill();

    /** Ends it in order and returns when it is gone; nothing happens when it is down. */
    void stop();

    /**
     * Starts it again on the same port with the same data and returns when it answers; nothing
     * happens when it runs.
     *
     * @throws StackException when it does not come up, with the last lines it said
     */
    void start();
}
