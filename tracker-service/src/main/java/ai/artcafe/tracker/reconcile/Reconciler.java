package ai.artcafe.tracker.reconcile;

import ai.artcafe.model.identity.AgentId;
import ai.artcafe.model.identity.Slot;
import ai.artcafe.model.identity.TenantId;
import ai.artcafe.model.key.ReconciledFields;
import ai.artcafe.model.usage.Adjustment;
import ai.artcafe.model.usage.Counters;
import ai.artcafe.model.usage.Traffic;
import ai.artcafe.tracker.ledger.Claim;
import ai.artcafe.tracker.ledger.Lease;
import ai.artcafe.tracker.ledger.LedgerUnavailableException;
import ai.artcafe.tracker.ledger.LedgerWitness;
import ai.artcafe.tracker.ledger.Sums;
import ai.artcafe.tracker.ledger.Window;
import ai.artcafe.tracker.reading.AccountStatistics;
import ai.artcafe.tracker.reading.Round;
import ai.artcafe.tracker.reading.ServerAccounts;
import ai.artcafe.tracker.reading.Suspect;
import ai.artcafe.tracker.reading.Suspects;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Supplier;
import org.jboss.logging.Logger;

/**
 * Compares the ledger with the servers' accounts, with what the tap was handed and with the
 * gateways' links, and has the ledger book what it is missing. Only the tracker with the lease
 * does; should two, the ledger takes each window's end once.
 *
 * <p>Thread-safe; one round at a time. The {@link #progress} may be read by any.
 */
public final class Reconciler {

    private static final Logger LOG = Logger.getLogger(Reconciler.class);

    /** Rounds are at most this much closer than the interval. */
    private static final int ALARM = 5;

    private final Parts parts;
    private final ReconcileConfig config;
    private final Clock clock;
    private final Progress progress = new Progress();
    private final Aftermath aftermath;
    private final SuspectFile suspects;
    private final GatewayHistory history;
    private final FreeSlots free = new FreeSlots();
    private final SessionLog sessions = new SessionLog();

    private volatile long lastRound;
    private volatile boolean hasRun;
    // guarded by this
    private Map<Slot, TenantId> owners = Map.of();
    private Instant lastLoss = Instant.EPOCH;
    private long losses;

    /**
     * What it works with.
     *
     * @param poll has the ledger take in all that the servers have counted by now
     */
    public record Parts(
            Lease lease,
            SlotOwners owners,
            AccountStatistics accounts,
            Supplier<Round> poll,
            LedgerWitness ledger,
            Suspects suspects,
            TapWatch tap,
            TapCounts tapCounts,
            Findings findings,
            Refusals refusals,
            AgentRegistry agents) {}

    public Reconciler(Parts parts, ReconcileConfig config, Clock clock) {
        this.parts = parts;
        this.config = config;
        this.clock = clock;
        this.aftermath = new Aftermath(parts, config, progress);
        this.suspects = new SuspectFile(parts.suspects());
        this.history = new GatewayHistory(config.gatewayPatience());
    }

    public Progress progress() {
        return progress;
    }

    /**
     * Keeps the lease, and does a round when one is due: after the interval, or soon after a breach
     * of the protocol was seen. To be called about every second.
     */
    public void keep() {
        boolean leading = parts.lease().holds();
        progress.leading(leading);
        Duration since = Duration.ofNanos(System.nanoTime() - lastRound);
        boolean alarmed =
                since.compareTo(config.interval().dividedBy(ALARM)) >= 0 && suspects.hasBreach();
        boolean isDue = !hasRun || since.compareTo(config.interval()) >= 0;
        if (leading && (isDue || alarmed)) {
            run();
        } else if (isDue) {
            standBy();
        }
    }

    /** Keeps up with what only one who has listened for long can tell, for when it has to lead. */
    private synchronized void standBy() {
        lastRound = System.nanoTime();
        hasRun = true;
        sessions.heard(parts.accounts().ask(), clock.instant());
    }

    /** One round. */
    public synchronized void run() {
        lastRound = System.nanoTime();
        hasRun = true;
        try {
            aftermath.catchUp();
            round();
        } catch (LedgerUnavailableException e) {
            progress.failed("ledger's store is away");
            LOG.warnf("Not reconciled, the ledger is away: reason=%s", e.getMessage());
        }
    }

    private void round() {
        readOwners();
        Map<TenantId, Slot> slots = new HashMap<>();
        owners.forEach((slot, tenant) -> slots.put(tenant, slot));
        Map<TenantId, Sums> before = parts.ledger().sums(slots.keySet());
        long drift = 0;
        for (int attempt = 1; attempt <= config.attempts() && !slots.isEmpty(); attempt++) {
            Map<TenantId, Traffic> seenBefore = seen(slots.keySet());
            Optional<Answers> answers = ask();
            if (answers.isEmpty()) {
                return;
            }
            Map<TenantId, Sums> after = parts.ledger().sums(slots.keySet());
            Map<TenantId, Traffic> seenAfter = seen(slots.keySet());
            boolean last = attempt == config.attempts();
            for (var entry : List.copyOf(slots.entrySet())) {
                TenantId tenant = entry.getKey();
                Sums first = before.get(tenant);
                Sums second = after.get(tenant);
                if (first == null || second == null || second.isBehind(first)) {
                    continue; // the ledger lacks what was applied: it would be booked twice
                }
                Look look =
                        answers.get()
                                .look(
                                        entry.getValue(),
                                        first,
                                        second,
                                        seenBefore.getOrDefault(tenant, Traffic.NONE),
                                        seenAfter.getOrDefault(tenant, Traffic.NONE),
                                        lastLoss);
                if (look.isSettled() || last) {
                    drift += judgeAlone(tenant, second, look, answers.get());
                    slots.remove(tenant);
                }
            }
            before = after;
            answers.get().free(owners.keySet(), free);
        }
        progress.reconciled(clock.instant(), drift);
    }

    private Map<TenantId, Traffic> seen(Collection<TenantId> tenants) {
        parts.tap().tell();
        return parts.tapCounts().seen(tenants);
    }

    private void readOwners() {
        try {
            owners = parts.owners().owners();
        } catch (StoreUnavailableException e) {
            LOG.warnf("Slots not read, going by the last known: reason=%s", e.getMessage());
        }
    }

    /** Empty when not every server has said everything. */
    private Optional<Answers> ask() {
        Instant at = clock.instant();
        Hearing heard = parts.tap().hearing();
        Map<String, ServerAccounts> accounts = parts.accounts().ask();
        List<Suspect> ended = suspects.fresh();
        LockSupport.parkNanos(config.settle().toNanos());
        Map<String, ServerAccounts> later = parts.accounts().ask();
        Hearing hearing = heard.until(parts.tap().hearing());
        Instant listeningSince = sessions.heard(later, clock.instant());
        Round round = parts.poll().get();
        progress.asked(round, accounts.keySet(), !heard.session().isEmpty());
        if (round.unattributed() > losses) {
            losses = round.unattributed();
            lastLoss = round.at();
        }
        if (!round.isComplete()
                || round.at().isBefore(at)
                || round.servers().isEmpty()
                || !round.missing().isEmpty()
                || !accounts.keySet().equals(round.servers())
                || !later.keySet().equals(round.servers())) {
            LOG.debugf(
                    "Not reconciled, not every server has answered: read=%s accounts=%s missing=%s",
                    round.servers(), accounts.keySet(), round.missing());
            return Optional.empty();
        }
        return Optional.of(new Answers(at, accounts, later, listeningSince, hearing, ended));
    }

    /** What is wrong with one tenant keeps no other from being compared. */
    private long judgeAlone(TenantId tenant, Sums sums, Look look, Answers answers) {
        try {
            return judge(tenant, sums, look, answers);
        } catch (LedgerUnavailableException | StoreUnavailableException e) {
            throw e;
        } catch (RuntimeException e) {
            LOG.errorf(e, "Tenant not reconciled: tenant=%s", tenant);
            return 0;
        }
    }

    private long judge(TenantId tenant, Sums sums, Look look, Answers answers) {
        Optional<Base> base = Base.read(sums.base()).or(() -> free.before(look, sums));
        List<Suspect> ended = SuspectFile.of(tenant, look.slot(), answers.ended());
        suspects.remember(tenant, sums, ended);

        GatewayCheck.Told told = GatewayCheck.told(look.at(), sums);
        GatewayCheck.Outcome gateways =
                base.map(b -> history.check(tenant, sums.claimed(), b.gateways(), told))
                        .orElseGet(() -> new GatewayCheck.Outcome(List.of(), Map.of()));
        Verdict verdict =
                new WindowCheck(config.windowLimit(), suspects::isNew)
                        .judge(sums, base, look, ended, gateways.even());

        List<Claim> claims = new ArrayList<>(verdict.claims());
        claims.addAll(gateways.claims());
        if (claims.isEmpty() && verdict.window().isEmpty()) {
            return verdict.drift();
        }
        verdict.charge()
                .ifPresent(charge -> aftermath.found(tenant, sums, look, charge, verdict.claims()));
        List<Adjustment> booked =
                parts.ledger().adjust(tenant, clock.instant(), claims, verdict.window());
        progress.booked(booked);
        booked.forEach(adjustment -> log(tenant, adjustment));
        for (Claim claim : verdict.claims()) {
            if (claim.strike() && claim.agent() instanceof AgentId agent) {
                suspects.struck(ended);
                aftermath.struck(tenant, agent, look.at());
            }
        }
        if (verdict.window().isPresent()) {
            progress.windowEnded();
            if (verdict.isSettled()) {
                suspects.settled(ended);
                tellRefused(tenant, verdict.window().get());
            }
        }
        return verdict.drift();
    }

    private void tellRefused(TenantId tenant, Window window) {
        Traffic refused = window.said().getOrDefault(ReconciledFields.REFUSED, Traffic.NONE);
        if (refused.messages() > 0) {
            parts.refusals().refused(tenant, window.settledThrough(), refused.messages());
        }
    }

    private static void log(TenantId tenant, Adjustment adjustment) {
        LOG.warnf(
                "Adjusted: tenant=%s agent=%s reason=%s messages=%d bytes=%d evidence=%s",
                tenant,
                adjustment.agent(),
                adjustment.reason().id(),
                adjustment.amount().messages(),
                adjustment.amount().bytes(),
                adjustment.evidence());
    }

    /**
     * What the servers said.
     *
     * @param at when they were asked first
     * @param ended connections that had been ended by then
     */
    private record Answers(
            Instant at,
            Map<String, ServerAccounts> accounts,
            Map<String, ServerAccounts> later,
            Instant listeningSince,
            Hearing hearing,
            List<Suspect> ended) {

        Look look(
                Slot slot,
                Sums before,
                Sums after,
                Traffic seenBefore,
                Traffic seenAfter,
                Instant lastLoss) {
            return new Look(
                    at,
                    slot,
                    sessions(),
                    listeningSince,
                    testimonies(accounts, slot, before),
                    testimonies(later, slot, after),
                    accounts.values().stream().allMatch(ServerAccounts::isSentLocal),
                    hearing.of(slot),
                    seenBefore,
                    seenAfter,
                    lastLoss);
        }

        private Map<String, String> sessions() {
            Map<String, String> sessions = new HashMap<>();
            accounts.forEach((server, answer) -> sessions.put(server, answer.session()));
            return sessions;
        }

        private static Map<String, Testimony> testimonies(
                Map<String, ServerAccounts> accounts, Slot slot, Sums sums) {
            Map<String, Testimony> said = new HashMap<>();
            accounts.forEach((server, answer) -> {
                ServerAccounts.Account account = account(answer, slot);
                Traffic in = Traffic.NONE;
                Traffic out = Traffic.NONE;
                for (Counters carried : carried(sums, GatewayCheck.source(server))) {
                    in = in.plus(carried.inMessages(), carried.inBytes());
                    out = out.plus(carried.outMessages(), carried.outBytes());
                }
                said.put(
                        server,
                        new Testimony(
                                in, account.received(), account.sent(), account.unsure(), out));
            });
            return said;
        }

        private static List<Counters> carried(Sums sums, String source) {
            List<Counters> carried =
                    new ArrayList<>(sums.links().getOrDefault(source, Map.of()).values());
            carried.add(sums.agents().getOrDefault(source, Counters.ZERO));
            return carried;
        }

        private static ServerAccounts.Account account(ServerAccounts answer, Slot slot) {
            return answer.slots()
                    .getOrDefault(slot, new ServerAccounts.Account(Traffic.NONE, Traffic.NONE));
        }

        void free(Collection<Slot> owned, FreeSlots free) {
            Set<Slot> slots = new HashSet<>();
            accounts.values().forEach(answer -> slots.addAll(answer.slots().keySet()));
            slots.removeAll(owned);
            Map<Slot, Map<String, Testimony>> said = new HashMap<>();
            for (Slot slot : slots) {
                Map<String, Testimony> servers = new HashMap<>();
                accounts.forEach((server, answer) -> {
                    ServerAccounts.Account account = account(answer, slot);
                    servers.put(
                            server,
                            new Testimony(
                                    Traffic.NONE,
                                    account.received(),
                                    account.sent(),
                                    account.unsure(),
                                    Traffic.NONE));
                });
                said.put(slot, servers);
            }
            free.seen(at, hearing, sessions(), said);
        }
    }
}
