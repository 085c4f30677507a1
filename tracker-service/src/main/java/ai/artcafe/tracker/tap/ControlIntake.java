package ai.artcafe.tracker.tap;

import ai.artcafe.model.identity.Slot;
import ai.artcafe.model.subject.SubjectClass;
import ai.artcafe.model.subject.SubjectScheme;
import org.jboss.logging.Logger;

/** Takes each message whose subject begins with {@code _}: counts it, and passes it on. */
public final class ControlIntake {

    private static final Logger LOG = Logger.getLogger(ControlIntake.class);

    private final SubjectScheme scheme;
    private final ControlTally tally;
    private final ControlListener listener;

    public ControlIntake(SubjectScheme scheme, ControlTally tally, ControlListener listener) {
        this.scheme = scheme;
        this.tally = tally;
        this.listener = listener;
    }

    /**
     * @param slot the number of the slot, from 1
     * @param subject as published
     * @param size bytes of payload and headers
     */
    public void take(int slot, String subject, long size, byte[] payload) {
        if (scheme.classify(subject) instanceof SubjectClass.Control control) {
            tally.count(control, size);
            try {
                listener.heard(Slot.number(slot), control, payload);
            } catch (RuntimeException e) {
                LOG.debugf(e, "Control message not heard: tenant=%s", control.tenant());
            }
        }
    }
}
