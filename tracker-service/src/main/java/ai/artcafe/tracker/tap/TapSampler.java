package ai.artcafe.tracker.tap;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.util.random.RandomGenerator;

/**
 * Chooses which messages of a dispatcher are looked at, and keeps them until the window ends. Each
 * message is chosen by itself with probability 1/N and then stands for N. N is 1 while the slots
 * are quiet. It is chosen anew for every window from what came in the one before, and doubles
 * within a window as often as a budget is used up: so what is kept is bounded, however much comes.
 *
 * <p>One thread picks and adds; another ends windows.
 */
public final class TapSampler {

    /** Longer subjects are cut. */
    public static final int MAX_SUBJECT = 320;

    private static final int MAX_RATE = 1 << 20;
    private static final VarHandle WINDOW;

    static {
        try {
            WINDOW = MethodHandles.lookup().findVarHandle(TapSampler.class, "window", int.class);
        } catch (ReflectiveOperationException e) {
            throw new ExceptionInInitializerError(e);
        }
    }

    private final int slotBudget;
    private final int budget;
    private final RandomGenerator random;
    private final SlotSample[] samples;

    // told by whoever ends windows
    private final int[] nextRates;
    private int window;

    // the dispatcher's own
    private final int[] windows;
    private final int[] rates;
    private final int[] drawn;
    private final double[] scales;
    private final int[] gaps;
    private final int[] slotLimits;
    private final int[] taken;
    private int allWindow;
    private int allTaken;
    private int allLimit;
    private int pressure = 1;

    /**
     * @param slotBudget how many messages of a slot may be looked at in a window, about
     * @param budget how many of all slots
     */
    public TapSampler(int slots, int slotBudget, int budget, RandomGenerator random) {
        this.slotBudget = slotBudget;
        this.budget = budget;
        this.random = random;
        this.samples = new SlotSample[slots + 1];
        this.nextRates = new int[slots + 1];
        this.windows = new int[slots + 1];
        this.rates = new int[slots + 1];
        this.drawn = new int[slots + 1];
        this.scales = new double[slots + 1];
        this.gaps = new int[slots + 1];
        this.slotLimits = new int[slots + 1];
        this.taken = new int[slots + 1];
        for (int i = 0; i <= slots; i++) {
            samples[i] = new SlotSample();
            nextRates[i] = 1;
        }
        WINDOW.setRelease(this, 1);
    }

    /** Whether the message that has come is one to {@link #add}. */
    public boolean picks(int slot) {
        int now = (int) WINDOW.getAcquire(this);
        if (windows[slot] != now) {
            begin(slot, now);
        }
        return gaps[slot]-- == 0;
    }

    /**
     * Keeps a message that was picked.
     *
     * @param latency {@link TapDetail#UNKNOWN} when it is not known
     */
    public void add(int slot, String subject, long size, int latency, boolean isServiceError) {
        String kept = subject.length() > MAX_SUBJECT ? subject.substring(0, MAX_SUBJECT) : subject;
        samples[slot].add(
                kept,
                (int) Math.min(size, Integer.MAX_VALUE),
                drawn[slot],
                latency,
                isServiceError);
        if (++taken[slot] >= slotLimits[slot]) {
            slotLimits[slot] += 1 + slotBudget / 2;
            rates[slot] = Math.min(2 * rates[slot], MAX_RATE);
        }
        if (++allTaken >= allLimit) {
            allLimit += 1 + budget / 2;
            pressure = Math.min(2 * pressure, MAX_RATE);
        }
        draw(slot);
    }

    private void begin(int slot, int now) {
        if (allWindow != now) {
            allWindow = now;
            allTaken = 0;
            allLimit = budget;
            pressure = 1;
        }
        windows[slot] = now;
        rates[slot] = nextRates[slot];
        slotLimits[slot] = slotBudget;
        taken[slot] = 0;
        draw(slot);
    }

    /** Chances have no memory: how many are passed over may be drawn anew at any time. */
    private void draw(int slot) {
        int rate = (int) Math.min((long) rates[slot] * pressure, MAX_RATE);
        if (drawn[slot] != rate) {
            drawn[slot] = rate;
            scales[slot] = rate == 1 ? 0 : 1 / Math.log1p(-1.0 / rate);
        }
        gaps[slot] = rate == 1 ? 0 : (int) (Math.log(1 - random.nextDouble()) * scales[slot]);
    }

    /** What was kept of a slot since the last time. */
    TapDetail take(int slot) {
        return samples[slot].take();
    }

    /**
     * Begins a window.
     *
     * @param came how many messages of each slot there were in the one that has ended
     * @param atLeast what N must not be below, by slot
     */
    void begin(long[] came, int[] atLeast) {
        long wanted = 0;
        for (long messages : came) {
            wanted += Math.min(messages, slotBudget);
        }
        double share = wanted <= budget ? 1 : (double) budget / wanted;
        for (int slot = 0; slot < came.length; slot++) {
            double allowed = Math.max(1, Math.min(came[slot], slotBudget) * share);
            double rate = Math.ceil(came[slot] / allowed);
            nextRates[slot] =
                    (int) Math.clamp(rate, Math.clamp(atLeast[slot], 1, MAX_RATE), MAX_RATE);
        }
        WINDOW.setRelease(this, window + 1);
    }
}
