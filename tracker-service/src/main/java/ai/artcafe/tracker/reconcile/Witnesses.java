package ai.artcafe.tracker.reconcile;

import ai.artcafe.tracker.ledger.LedgerUnavailableException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * Which of the witnesses are there. Counting goes on without them; what a client hides meanwhile is
 * found when they are back, or never.
 *
 * <p>Thread-safe.
 */
public final class Witnesses {

    /** After how long without a batch a gateway counts as missing. */
    private static final Duration SILENT = Duration.ofSeconds(30);

    private static final String GATEWAY = "g:";

    private final Progress progress;
    private final Supplier<Optional<String>> tap;
    private final Supplier<Map<String, Instant>> sources;
    private final Clock clock;

    private volatile List<String> silentGateways = List.of();

    /**
     * @param tap the session of the tap, empty while it may not be listening
     * @param sources up to when each source has been read
     */
    public Witnesses(
            Progress progress,
            Supplier<Optional<String>> tap,
            Supplier<Map<String, Instant>> sources,
            Clock clock) {
        this.progress = progress;
        this.tap = tap;
        this.sources = sources;
        this.clock = clock;
    }

    /** Looks which gateways have told nothing for long. To be called every few seconds. */
    public void look() {
        Instant then = clock.instant().minus(SILENT);
        try {
            silentGateways =
                    sources.get().entrySet().stream()
                            .filter(source -> source.getKey().startsWith(GATEWAY))
                            .filter(source -> source.getValue().isBefore(then))
                            .map(Map.Entry::getKey)
                            .sorted()
                            .toList();
        } catch (LedgerUnavailableException _) {
            return; // the ledger's own health says so
        }
    }

    public boolean isMissing(Witness witness) {
        return switch (witness) {
            case SERVER -> progress.isLeading() && !progress.fault().isEmpty();
            case TAP -> tap.get().isEmpty();
            case GATEWAYS -> !silentGateways.isEmpty();
        };
    }

    /** What is the matter with it, for people; {@code ok} when nothing is. */
    public String state(Witness witness) {
        if (!isMissing(witness)) {
            return "ok";
        }
        return switch (witness) {
            case SERVER ->
                    progress.missingServers().isEmpty()
                            ? progress.fault()
                            : "no answer from " + String.join(", ", progress.missingServers());
            case TAP -> "not listening";
            case GATEWAYS -> "no readings from " + String.join(", ", silentGateways);
        };
    }

    /** Whether this tracker is the one that compares them. */
    public boolean isComparing() {
        return progress.isLeading();
    }
}
