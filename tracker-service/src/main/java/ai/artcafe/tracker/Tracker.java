package ai.artcafe.tracker;

import ai.artcafe.model.subject.SubjectScheme;
import ai.artcafe.nats.NatsConfig;
import ai.artcafe.nats.NatsSeeds;
import ai.artcafe.tracker.ledger.Lease;
import ai.artcafe.tracker.ledger.Ledger;
import ai.artcafe.tracker.reading.ConnectionTable;
import ai.artcafe.tracker.reading.LedgerFeed;
import ai.artcafe.tracker.reading.ReadingConfig;
import ai.artcafe.tracker.reading.SilentSources;
import ai.artcafe.tracker.reading.broker.Monitor;
import ai.artcafe.tracker.recovery.Recovery;
import ai.artcafe.tracker.rollup.RollupConfig;
import ai.artcafe.tracker.rollup.RollupFlush;
import ai.artcafe.tracker.tap.ControlTally;
import ai.artcafe.tracker.tap.TapConfig;
import ai.artcafe.tracker.tap.TapWindow;
import ai.artcafe.tracker.tap.TapWindows;
import ai.artcafe.tracker.tap.broker.Tap;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.function.Consumer;
import org.jboss.logging.Logger;

/** One tracker at work, from its connections to NATS to what it writes. */
public final class Tracker implements AutoCloseable {

    private static final Logger LOG = Logger.getLogger(Tracker.class);

    private static final Duration RECOVERY = Duration.ofSeconds(1);
    private static final Duration LEASE = Duration.ofSeconds(3);
    private static final Duration SWEEP = Duration.ofSeconds(10);
    private static final Duration SETTLE = Duration.ofMinutes(5);

    private final ConnectionTable table;
    private final ControlTally control;
    private final Monitor monitor;
    private final Tap tap;
    private final LedgerFeed feed;
    private final RollupFlush flush;
    private final Recovery recovery;
    private final Lease lease;
    private final List<Cadence> cadences;

    /** How everything is set up. */
    public record Settings(
            NatsConfig nats, ReadingConfig reading, TapConfig tap, RollupConfig rollup) {}

    private Tracker(
            ConnectionTable table,
            ControlTally control,
            Monitor monitor,
            Tap tap,
            LedgerFeed feed,
            RollupFlush flush,
            Recovery recovery,
            Lease lease,
            List<Cadence> cadences) {
        this.table = table;
        this.control = control;
        this.monitor = monitor;
        this.tap = tap;
        this.feed = feed;
        this.flush = flush;
        this.recovery = recovery;
        this.lease = lease;
        this.cadences = cadences;
    }

    /**
     * Starts to work, and returns at once; what is away is waited for.
     *
     * @param windows takes each window of the tap
     */
    public static Tracker start(
            Settings settings,
            NatsSeeds seeds,
            Ledger ledger,
            Lease lease,
            RollupFlush flush,
            Recovery recovery,
            Consumer<TapWindow> windows,
            Clock clock) {
        ConnectionTable table = new ConnectionTable(settings.reading.maxConnections());
        ControlTally control = new ControlTally(SubjectScheme.standard(), settings.tap, clock);
        Tap tap = Tap.open(settings.nats, seeds, settings.tap, control);
        Monitor monitor = Monitor.open(settings.nats, seeds, table, settings.reading, clock);
        LedgerFeed feed = new LedgerFeed(monitor, table, ledger, control, tap::settle, clock);
        SilentSources silent =
                new SilentSources(ledger, table, settings.reading.goneAfter(), clock);
        TapWindows cutter = new TapWindows(tap.counters(), clock);
        return new Tracker(
                table,
                control,
                monitor,
                tap,
                feed,
                flush,
                recovery,
                lease,
                List.of(
                        Cadence.every(RECOVERY, "recovery", recovery::run),
                        Cadence.every(LEASE, "lease", lease::holds),
                        Cadence.every(settings.reading.interval(), "feed", feed::run),
                        Cadence.every(
                                settings.tap.window(), "tap", () -> windows.accept(cutter.cut())),
                        Cadence.every(SWEEP, "sources", () -> silent.sweep(feed.isListening())),
                        Cadence.every(SETTLE, "settle", () -> ledger.settle(clock.instant())),
                        Cadence.every(
                                settings.rollup.interval(),
                                "rollup",
                                () -> {
                                    flush.run();
                                    recovery.keepSources();
                                })));
    }

    public ConnectionTable table() {
        return table;
    }

    public ControlTally control() {
        return control;
    }

    public Monitor monitor() {
        return monitor;
    }

    public Tap tap() {
        return tap;
    }

    public LedgerFeed feed() {
        return feed;
    }

    public RollupFlush flush() {
        return flush;
    }

    public Recovery recovery() {
        return recovery;
    }

    /** Stops at once; what is not in the ledger is left to the servers' counters. */
    void abandon() {
        monitor.close();
        tap.close();
        cadences.forEach(Cadence::close);
    }

    /** Takes a last poll, has the ledger take it in, and writes what has changed. */
    @Override
    public void close() {
        cadences.forEach(Cadence::close);
        boolean complete = feed.run();
        int written = flush.run();
        recovery.keepSources();
        lease.release();
        LOG.infof("Tracker stopped: ledger_complete=%s items_written=%d", complete, written);
        monitor.close();
        tap.close();
    }
}
