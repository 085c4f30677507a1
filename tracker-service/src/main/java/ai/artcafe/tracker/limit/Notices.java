package ai.artcafe.tracker.limit;

import ai.artcafe.model.limit.OverLimit;

/** Tells the gateways. It waits for nothing; what cannot be told is dropped, counted. */
public interface Notices {

    void tell(OverLimit notice);
}
