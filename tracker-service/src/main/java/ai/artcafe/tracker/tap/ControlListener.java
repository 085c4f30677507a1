package ai.artcafe.tracker.tap;

import ai.artcafe.model.identity.Slot;
import ai.artcafe.model.subject.SubjectClass;

/** Hears the control messages that the tap sees. */
@FunctionalInterface
public interface ControlListener {

    /**
     * A heartbeat, presence or self-report. Called by the tap's dispatcher for each one: it must
     * neither block nor keep the dispatcher busy.
     *
     * @param slot where it was published: whoever is not in the control's tenant's slot lies
     * @param payload not to be changed
     */
    void heard(Slot slot, SubjectClass.Control control, byte[] payload);
}
