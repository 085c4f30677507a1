package ai.artcafe.tracker.tap;

import ai.artcafe.model.identity.Slot;
import ai.artcafe.model.usage.Traffic;
import java.time.Instant;
import java.util.Map;

/**
 * What the tap saw in a short time.
 *
 * @param slots by slot, those with traffic only
 */
public record TapWindow(Instant from, Instant to, Map<Slot, SlotWindow> slots) {

    public TapWindow {
        slots = Map.copyOf(slots);
    }

    /** Messages and control of all slots. */
    public Traffic total() {
        return slots.values().stream()
                .map(slot -> slot.messages().plus(slot.control()))
                .reduce(Traffic.NONE, Traffic::plus);
    }
}
