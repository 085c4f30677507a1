package ai.artcafe.model.anomaly;

/**
 * How far a detector has come to know what is usual. Until it is ready it finds nothing.
 *
 * @param knownMinutes how much of the past it knows
 * @param neededMinutes how much it has to know
 */
public record WarmUp(AnomalyType type, long knownMinutes, long neededMinutes) {

    public boolean ready() {
        return knownMinutes >= neededMinutes;
    }
}
