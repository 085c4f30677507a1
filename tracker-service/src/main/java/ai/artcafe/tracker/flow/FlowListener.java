package ai.artcafe.tracker.flow;

/** Is told of each tenant's minute when it is over, by the tracker that holds the lease. */
@FunctionalInterface
public interface FlowListener {

    /** May block for a moment; must bear to be told the same minute twice. */
    void minute(FlowMinute minute);
}
