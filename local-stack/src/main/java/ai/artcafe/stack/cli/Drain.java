package ai.artcafe.stack.cli;

import ai.artcafe.model.identity.TenantId;
import ai.artcafe.stack.StackException;
import ai.artcafe.stack.broker.Kicker;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/**
 * Empties a NATS server before a planned end, so that nothing it has counted is lost with it: no
 * new connections, none of the clients' left, and all of it read and compared by the trackers.
 */
final class Drain {

    private static final Duration PAUSE = Duration.ofMillis(250);

    /** An authentication under way when the door closed may take so long. */
    private static final Duration STRAGGLERS = Duration.ofSeconds(6);

    /** Polls that have begun after the last client was gone, whatever was under way then. */
    private static final int POLLS = 3;

    private final Kicker kicker;
    private final LedgerProgress ledger;
    private final Duration patience;
    private final Terminal terminal;

    private long kicked;
    private final Set<TenantId> tenants = new TreeSet<>();

    /**
     * @param patience how long each of the steps may take
     */
    Drain(Kicker kicker, LedgerProgress ledger, Duration patience, Terminal terminal) {
        this.kicker = kicker;
        this.ledger = ledger;
        this.patience = patience;
        this.terminal = terminal;
    }

    /** Makes sure, before anybody is disturbed, that a tracker reads the server. */
    void requireTracker() {
        Optional<Instant> before = ledger.readThrough(kicker.serverId());
        await(
                () -> before.isPresent() && ledger.readThrough(kicker.serverId()).isPresent()
                        && !ledger.readThrough(kicker.serverId()).equals(before),
                "no tracker reads this server: nothing was done");
        step("trackers", "read it");
    }

    /** Ends the clients' connections until no more come. */
    void kickAll() {
        long quietSince = System.nanoTime();
        long deadline = quietSince + patience.toNanos();
        while (System.nanoTime() - quietSince < STRAGGLERS.toNanos()) {
            List<Kicker.Client> clients = kicker.clients();
            for (Kicker.Client client : clients) {
                kicker.kick(client);
                kicked++;
                TenantId.parse(client.tenant()).ifPresent(tenants::add);
            }
            if (!clients.isEmpty()) {
                quietSince = System.nanoTime();
            }
            if (System.nanoTime() > deadline) {
                throw new StackException(
                        "clients keep coming: does the server still take connections?");
            }
            pause();
        }
        step("clients", kicked + " connections of " + tenants.size() + " tenants ended");
    }

    /** Waits until the trackers have read all that is left. */
    Instant awaitPolls() {
        Instant last = ledger.readThrough(kicker.serverId()).orElse(Instant.EPOCH);
        for (int poll = 0; poll < POLLS; poll++) {
            Instant before = last;
            await(
                    () -> ledger.readThrough(kicker.serverId()).filter(before::isBefore).isPresent(),
                    "the trackers have stopped reading it: not drained");
            last = ledger.readThrough(kicker.serverId()).orElse(before);
        }
        step("ledger", "has all of it, through " + last);
        return last;
    }

    /**
     * Waits until the witnesses have been compared up to then: a connection that was ended in the
     * middle of a message may be short of what its account has.
     */
    void awaitComparison(Instant through) {
        List<TenantId> compared =
                tenants.stream()
                        .filter(tenant -> ledger.settledThrough(tenant, through).isPresent())
                        .toList();
        List<TenantId> open = new ArrayList<>(compared);
        await(
                () -> {
                    open.removeIf(tenant ->
                            ledger.settledThrough(tenant, through)
                                    .filter(settled -> !settled.isBefore(through))
                                    .isPresent());
                    return open.isEmpty();
                },
                "not compared in time; a kicked connection may be short of its last buffer");
        step(
                "witnesses",
                compared.size() == tenants.size()
                        ? "compared for all tenants"
                        : "compared for "
                                + compared.size()
                                + " of "
                                + tenants.size()
                                + " tenants: the others have never been");
    }

    private void await(Supplier<Boolean> condition, String otherwise) {
        long deadline = System.nanoTime() + patience.toNanos();
        while (!condition.get()) {
            if (System.nanoTime() > deadline) {
                throw new StackException(otherwise);
            }
            pause();
        }
    }

    private static void pause() {
        try {
            TimeUnit.NANOSECONDS.sleep(PAUSE.toNanos());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new StackException("interrupted", e);
        }
    }

    private void step(String what, String outcome) {
        terminal.line("  %-10s %s".formatted(what, outcome));
    }
}
