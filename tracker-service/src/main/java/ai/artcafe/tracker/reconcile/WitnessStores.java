package ai.artcafe.tracker.reconcile;

import ai.artcafe.tracker.ledger.LedgerWitness;
import jakarta.enterprise.context.Dependent;
import jakarta.inject.Inject;

/** What the reconciliation reads from stores and writes to them. */
@Dependent
public final class WitnessStores {

    private final LedgerWitness ledger;
    private final SlotMap slots;
    private final AgentRegistry agents;
    private final TapCounts taps;
    private final Findings findings;
    private final Refusals refusals;

    @Inject
    public WitnessStores(
            LedgerWitness ledger,
            SlotMap slots,
            AgentRegistry agents,
            TapCounts taps,
            Findings findings,
            Refusals refusals) {
        this.ledger = ledger;
        this.slots = slots;
        this.agents = agents;
        this.taps = taps;
        this.findings = findings;
        this.refusals = refusals;
    }

    public LedgerWitness ledger() {
        return ledger;
    }

    public SlotMap slots() {
        return slots;
    }

    public AgentRegistry agents() {
        return agents;
    }

    public TapCounts taps() {
        return taps;
    }

    public Findings findings() {
        return findings;
    }

    public Refusals refusals() {
        return refusals;
    }
}
