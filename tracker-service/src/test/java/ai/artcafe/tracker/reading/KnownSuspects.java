package ai.artcafe.tracker.reading;

/** Lets tests of other packages add to {@link Suspects}. */
public final class KnownSuspects {

    private KnownSuspects() {}

    public static void add(Suspects suspects, Suspect suspect) {
        suspects.add(suspect);
    }
}
