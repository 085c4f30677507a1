package ai.artcafe.tracker.tap;

import ai.artcafe.model.identity.Slot;
import ai.artcafe.model.usage.Traffic;
import java.time.Clock;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Cuts what the counters of the tap have counted into windows without gap or overlap. */
public final class TapWindows {

    private final List<TapCounter> counters;
    private final Clock clock;
    // guarded by this
    private final Map<Slot, Traffic> handedOn = new HashMap<>();
    private Instant from;

    public TapWindows(List<TapCounter> counters, Clock clock) {
        this.counters = List.copyOf(counters);
        this.clock = clock;
        this.from = clock.instant();
    }

    /** Ends the present window and begins the next. */
    public synchronized TapWindow cut() {
        Instant to = clock.instant();
        Map<Slot, Traffic> slots = new HashMap<>();
        int count = counters.isEmpty() ? 0 : counters.getFirst().slots();
        for (int number = 1; number <= count; number++) {
            Slot slot = Slot.number(number);
            Traffic all = Traffic.NONE;
            for (TapCounter counter : counters) {
                all = all.plus(counter.counted(number));
            }
            Traffic before = handedOn.getOrDefault(slot, Traffic.NONE);
            if (!all.equals(before)) {
                handedOn.put(slot, all);
                slots.put(
                        slot,
                        new Traffic(
                                all.messages() - before.messages(), all.bytes() - before.bytes()));
            }
        }
        TapWindow window = new TapWindow(from, to, slots);
        from = to;
        return window;
    }
}
