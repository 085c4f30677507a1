package ai.artcafe.tracker.tap.broker;

import ai.artcafe.model.identity.Slot;
import ai.artcafe.model.subject.PlatformSubjects;
import ai.artcafe.model.subject.SubjectScheme;
import io.nats.client.Dispatcher;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import org.jboss.logging.Logger;

/**
 * What the tap subscribes to: all of every slot, or only the control messages of those that are
 * left out. Thread-safe.
 */
final class SlotSubscriptions {

    private static final Logger LOG = Logger.getLogger(SlotSubscriptions.class);

    private final List<Slot> slots;
    private final TapSession session;
    // guarded by this
    private List<Dispatcher> dispatchers = List.of();
    private Set<Slot> leftOut = Set.of();

    /**
     * @param session is told which slots are left out
     */
    SlotSubscriptions(int slots, TapSession session) {
        this.slots = IntStream.rangeClosed(1, slots).mapToObj(Slot::number).toList();
        this.session = session;
    }

    /** Subscribes over a new connection; each slot always goes to the same dispatcher. */
    synchronized void begin(List<Dispatcher> over) {
        dispatchers = List.copyOf(over);
        for (Slot slot : slots) {
            if (leftOut.contains(slot)) {
                subscribeControl(slot);
            } else {
                dispatcher(slot).subscribe(all(slot), PlatformSubjects.TRACKER_QUEUE);
            }
        }
    }

    /** From now on these are left out, and no others. */
    synchronized void leaveOut(Set<Slot> wanted) {
        if (wanted.equals(leftOut)) {
            return;
        }
        Set<Slot> before = leftOut;
        leftOut = Set.copyOf(wanted);
        Set<Slot> changed = new HashSet<>(before);
        changed.addAll(leftOut);
        changed.removeIf(slot -> before.contains(slot) && leftOut.contains(slot));
        changed.retainAll(slots);
        LOG.infof("Slots left out of the tap: count=%d changed=%s", leftOut.size(), changed);
        for (Slot slot : changed) {
            if (leftOut.contains(slot)) {
                session.left(slot);
            }
            try {
                change(slot);
            } catch (IllegalStateException e) {
                LOG.debugf("Connection closed, the next one will do it: slot=%s", slot);
            }
            if (!leftOut.contains(slot)) {
                session.joined(slot);
            }
        }
    }

    /** First the one, then without the other: a queue group gets a message once all the same. */
    private void change(Slot slot) {
        if (dispatchers.isEmpty()) {
            return;
        }
        if (leftOut.contains(slot)) {
            subscribeControl(slot);
            dispatcher(slot).unsubscribe(all(slot));
        } else {
            dispatcher(slot).subscribe(all(slot), PlatformSubjects.TRACKER_QUEUE);
            for (String control : SubjectScheme.controlWildcards()) {
                dispatcher(slot).unsubscribe(slot + "." + control);
            }
        }
    }

    private void subscribeControl(Slot slot) {
        for (String control : SubjectScheme.controlWildcards()) {
            dispatcher(slot).subscribe(slot + "." + control, PlatformSubjects.TRACKER_QUEUE);
        }
    }

    private static String all(Slot slot) {
        return slot + ".>";
    }

    private Dispatcher dispatcher(Slot slot) {
        int number = Integer.parseInt(slot.account(), 1, slot.account().length(), 10);
        return dispatchers.get(number % dispatchers.size());
    }
}
