package ai.artcafe.tracker;

import ai.artcafe.model.subject.SubjectScheme;
import ai.artcafe.nats.NatsConfig;
import ai.artcafe.nats.NatsSeeds;
import ai.artcafe.tracker.flow.FlowFeed;
import ai.artcafe.tracker.flow.LivePicture;
import ai.artcafe.tracker.ledger.Lease;
import ai.artcafe.tracker.ledger.Ledger;
import ai.artcafe.tracker.reading.ConnectionTable;
import ai.artcafe.tracker.reading.LedgerFeed;
import ai.artcafe.tracker.reading.ReadingConfig;
import ai.artcafe.tracker.reading.SilentSources;
import ai.artcafe.tracker.reading.Suspects;
import ai.artcafe.tracker.reading.broker.Monitor;
import ai.artcafe.tracker.reconcile.NextRound;
import ai.artcafe.tracker.reconcile.ReconcileConfig;
import ai.artcafe.tracker.reconcile.Reconciler;
import ai.artcafe.tracker.reconcile.SlotMap;
import ai.artcafe.tracker.reconcile.TapReport;
import ai.artcafe.tracker.reconcile.WitnessStores;
import ai.artcafe.tracker.reconcile.Witnesses;
import ai.artcafe.tracker.recovery.Recovery;
import ai.artcafe.tracker.rollup.RollupConfig;
import ai.artcafe.tracker.rollup.RollupFlush;
import ai.artcafe.tracker.tap.ControlIntake;
import ai.artcafe.tracker.tap.ControlTally;
import ai.artcafe.tracker.tap.TapConfig;
import ai.artcafe.tracker.tap.TapIntake;
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
    private static final Duration SLOTS = Duration.ofMillis(100);
    private static final Duration LEASE = Duration.ofSeconds(3);
    private static final Duration LEADING = Duration.ofSeconds(1);
    private static final Duration SWEEP = Duration.ofSeconds(10);
    private static final Duration SETTLE = Duration.ofMinutes(5);

    private final ConnectionTable table;
    private final Suspects suspects;
    private final ControlTally control;
    private final Monitor monitor;
    private final Tap tap;
    private final LedgerFeed feed;
    private final RollupFlush flush;
    private final Recovery recovery;
    private final Lease lease;
    private final Reconciler reconciler;
    private final SilentSources silent;
    private final Witnesses witnesses;
    private final Flowing flowing;
    private final List<Cadence> cadences;

    /**
     * What makes the live picture.
     *
     * @param cut ends the tap's present window and hands it on
     */
    private record Flowing(TapIntake intake, FlowFeed feed, SlotMap slots, Runnable cut) {}

    /** How everything is set up. */
    public record Settings(
            NatsConfig nats,
            ReadingConfig reading,
            TapConfig tap,
            RollupConfig rollup,
            ReconcileConfig reconcile) {}

    private Tracker(
            ConnectionTable table,
            Suspects suspects,
            ControlTally control,
            Monitor monitor,
            Tap tap,
            LedgerFeed feed,
            RollupFlush flush,
            Recovery recovery,
            Lease lease,
            Reconciler reconciler,
            SilentSources silent,
            Witnesses witnesses,
            Flowing flowing,
            List<Cadence> cadences) {
        this.table = table;
        this.suspects = suspects;
        this.control = control;
        this.monitor = monitor;
        this.tap = tap;
        this.feed = feed;
        this.flush = flush;
        this.recovery = recovery;
        this.lease = lease;
        this.reconciler = reconciler;
        this.silent = silent;
        this.witnesses = witnesses;
        this.flowing = flowing;
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
            WitnessStores witnesses,
            LivePicture live,
            Consumer<TapWindow> windows,
            Clock clock) {
        Suspects suspects = new Suspects(settings.reading.maxSuspects());
        ConnectionTable table = new ConnectionTable(settings.reading.maxConnections(), suspects);
        ControlTally control = new ControlTally(SubjectScheme.standard(), settings.tap, clock);
        TapIntake intake =
                new TapIntake(
                        new ControlIntake(SubjectScheme.standard(), control, live.control()),
                        clock);
        Tap tap = Tap.open(settings.nats, seeds, settings.tap, intake);
        Monitor monitor = Monitor.open(settings.nats, seeds, table, settings.reading, clock);
        LedgerFeed feed =
                new LedgerFeed(
                        monitor,
                        table,
                        ledger,
                        control,
                        tap::settle,
                        settings.reading.closedRing(),
                        clock);
        SilentSources silent =
                new SilentSources(ledger, table, monitor, settings.reading.goneAfter(), clock);
        SlotMap slots = witnesses.slots();
        TapWindows cutter = new TapWindows(tap.lanes(), slots::sample, clock);
        TapReport report =
                new TapReport(tap::hearing, tap::counted, slots, witnesses.taps(), clock);
        FlowFeed flow =
                new FlowFeed(
                        live.store(),
                        new FlowFeed.Source(
                                report.tracker(), slots, () -> tap.session().isPresent()),
                        SubjectScheme.standard(),
                        live.config(),
                        clock);
        Runnable cut =
                () -> {
                    TapWindow window = cutter.cut();
                    windows.accept(window);
                    flow.take(window);
                };
        Reconciler reconciler =
                new Reconciler(
                        new Reconciler.Parts(
                                lease,
                                slots,
                                monitor,
                                new NextRound(feed),
                                witnesses.ledger(),
                                suspects,
                                report,
                                witnesses.taps(),
                                witnesses.findings(),
                                witnesses.refusals(),
                                witnesses.agents()),
                        settings.reconcile,
                        clock);
        Witnesses witnessed =
                new Witnesses(reconciler.progress(), tap::session, ledger::sources, clock);
        return new Tracker(
                table,
                suspects,
                control,
                monitor,
                tap,
                feed,
                flush,
                recovery,
                lease,
                reconciler,
                silent,
                witnessed,
                new Flowing(intake, flow, slots, cut),
                List.of(
                        Cadence.every(RECOVERY, "recovery", recovery::run),
                        Cadence.every(LEASE, "lease", lease::holds),
                        Cadence.every(settings.reading.interval(), "feed", feed::run),
                        Cadence.every(
                                SLOTS,
                                "slots",
                                () -> {
                                    slots.refresh();
                                    tap.leaveOut(slots.leftOut());
                                }),
                        Cadence.aligned(settings.tap.window(), "tap", cut, clock),
                        Cadence.every(live.config().interval(), "flow", flow::write),
                        Cadence.every(SWEEP, "sources", () -> silent.sweep(feed.isListening())),
                        Cadence.every(LEADING, "reconcile", reconciler::keep),
                        Cadence.every(LEADING, "tap-report", report::tryToTell),
                        Cadence.every(SWEEP, "witnesses", witnessed::look),
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

    public Suspects suspects() {
        return suspects;
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

    /** What the tap has looked at. */
    public TapIntake intake() {
        return flowing.intake;
    }

    /** How what the tap sees gets to Redis. */
    public FlowFeed flow() {
        return flowing.feed;
    }

    /** Who is in which slot. */
    public SlotMap slots() {
        return flowing.slots;
    }

    public LedgerFeed feed() {
        return feed;
    }

    public RollupFlush flush() {
        return flush;
    }

    public Reconciler reconciler() {
        return reconciler;
    }

    public SilentSources silent() {
        return silent;
    }

    /** Which of the witnesses are there. */
    public Witnesses witnesses() {
        return witnesses;
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
        monitor.close();
        tap.close();
        flowing.cut.run();
        flowing.feed.close();
        LOG.infof("Tracker stopped: ledger_complete=%s items_written=%d", complete, written);
    }
}
