package ai.artcafe.tracker.tap;

import ai.artcafe.model.usage.Traffic;
import java.util.List;

/**
 * What the tap saw of one slot in a short time.
 *
 * @param messages control not among them; exact
 * @param control heartbeats and the like
 * @param details what was looked at closer, by dispatcher
 */
public record SlotWindow(Traffic messages, Traffic control, List<TapDetail> details) {

    public SlotWindow {
        details = List.copyOf(details);
    }
}
