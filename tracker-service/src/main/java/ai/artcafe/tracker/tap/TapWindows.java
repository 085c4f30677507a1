package ai.artcafe.tracker.tap;

import ai.artcafe.model.identity.Slot;
import ai.artcafe.model.usage.Traffic;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.ToIntFunction;
import java.util.stream.IntStream;

/** Cuts what the tap has counted and looked at into windows without gap or overlap. */
public final class TapWindows {

    private final List<TapLane> lanes;
    private final ToIntFunction<Slot> atLeast;
    private final Clock clock;
    private final Slot[] slots;
    // guarded by this
    private final Traffic[][] messages;
    private final Traffic[][] control;
    private Instant from;

    /**
     * @param lanes all for the same number of slots
     * @param atLeast of how many messages of a slot at most one is to be looked at
     */
    public TapWindows(List<TapLane> lanes, ToIntFunction<Slot> atLeast, Clock clock) {
        this.lanes = List.copyOf(lanes);
        this.atLeast = atLeast;
        this.clock = clock;
        int count = lanes.isEmpty() ? 0 : lanes.getFirst().counter().slots();
        this.slots = IntStream.rangeClosed(1, count).mapToObj(Slot::number).toArray(Slot[]::new);
        this.messages = none(lanes.size(), count);
        this.control = none(lanes.size(), count);
        this.from = clock.instant();
    }

    private static Traffic[][] none(int lanes, int slots) {
        Traffic[][] none = new Traffic[lanes][slots + 1];
        for (Traffic[] lane : none) {
            Arrays.fill(lane, Traffic.NONE);
        }
        return none;
    }

    /** Ends the present window and begins the next. */
    public synchronized TapWindow cut() {
        Instant to = clock.instant();
        int[] least = new int[slots.length + 1];
        for (int number = 1; number <= slots.length; number++) {
            least[number] = atLeast.applyAsInt(slots[number - 1]);
        }
        Map<Slot, SlotWindow> seen = new HashMap<>();
        for (int lane = 0; lane < lanes.size(); lane++) {
            cut(lane, seen, least);
        }
        TapWindow window = new TapWindow(from, to, seen);
        from = to;
        return window;
    }

    private void cut(int lane, Map<Slot, SlotWindow> seen, int[] least) {
        TapCounter counter = lanes.get(lane).counter();
        TapSampler sampler = lanes.get(lane).sampler();
        long[] came = new long[slots.length + 1];
        for (int number = 1; number <= slots.length; number++) {
            // in this order, so that no more was looked at than was counted
            TapDetail detail = sampler.take(number);
            Traffic allMessages = counter.messages(number);
            Traffic allControl = counter.control(number);
            Traffic newMessages = allMessages.minus(messages[lane][number]);
            Traffic newControl = allControl.minus(control[lane][number]);
            messages[lane][number] = allMessages;
            control[lane][number] = allControl;
            came[number] = newMessages.messages();
            if (detail.count() > 0
                    || !newMessages.equals(Traffic.NONE)
                    || !newControl.equals(Traffic.NONE)) {
                seen.merge(
                        slots[number - 1],
                        new SlotWindow(newMessages, newControl, List.of(detail)),
                        TapWindows::both);
            }
        }
        sampler.begin(came, least);
    }

    private static SlotWindow both(SlotWindow one, SlotWindow other) {
        List<TapDetail> details = new ArrayList<>(one.details());
        details.addAll(other.details());
        return new SlotWindow(
                one.messages().plus(other.messages()),
                one.control().plus(other.control()),
                details);
    }
}
