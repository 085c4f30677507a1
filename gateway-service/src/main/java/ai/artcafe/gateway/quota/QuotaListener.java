package ai.artcafe.gateway.quota;

/** One that wants to know how a tenant's day goes: a socket. */
@FunctionalInterface
public interface QuotaListener {

    /**
     * A level is reached. Called on any thread, which it must not block.
     *
     * @param percent 80, 90 or 100
     */
    void reached(int percent, DayUsage usage);
}
