package ai.artcafe.runtime.status;

import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Consumer;

/**
 * Takes down what happens, in memory. Any thread may call, an event loop too: threads write to
 * stripes of their own, each behind a lock that is held for microseconds and hardly ever shared.
 */
@ApplicationScoped
public class ActivityRecorder {

    private static final int STRIPES =
            Integer.highestOneBit(Math.max(1, Runtime.getRuntime().availableProcessors())) * 4;

    private final StatusConfig config;
    private final Clock clock;
    private final Stripe[] stripes = new Stripe[STRIPES];

    ActivityRecorder(StatusConfig config, Clock clock) {
        this.config = config;
        this.clock = clock;
        for (int i = 0; i < STRIPES; i++) {
            stripes[i] = new Stripe();
        }
    }

    /** Guarded by itself. */
    private static final class Stripe {
        private Map<Instant, MinuteDraft> minutes = new HashMap<>();
    }

    /**
     * A request was answered.
     *
     * @param endpoint method and route
     * @param session of the user, hashed
     * @param network of the client
     */
    void answered(
            String endpoint,
            int status,
            Duration took,
            Optional<String> session,
            Optional<String> network) {
        record(draft -> {
            draft.answered(endpoint, status, took);
            session.ifPresent(draft::session);
            network.ifPresent(draft::network);
        });
    }

    /** A request to an agent, or of one, is over. */
    public void requested(RequestParty party, RequestOutcome outcome, Duration took) {
        record(draft -> draft.requested(party, outcome, took));
    }

    /** The service has looked whether it is ready. */
    void looked(boolean healthy) {
        record(draft -> draft.looked(healthy));
    }

    /** Takes off what was taken down since the last time; nothing of it comes again. */
    SortedMap<Instant, MinuteDraft> drain() {
        SortedMap<Instant, MinuteDraft> all = new TreeMap<>();
        for (Stripe stripe : stripes) {
            Map<Instant, MinuteDraft> taken;
            synchronized (stripe) {
                taken = stripe.minutes;
                stripe.minutes = new HashMap<>();
            }
            taken.forEach((minute, draft) -> all.computeIfAbsent(minute, _ -> draft()).add(draft));
        }
        return all;
    }

    MinuteDraft draft() {
        return new MinuteDraft(config.endpoints(), config.agents());
    }

    /** The minute is asked for behind the lock: a later drain of the stripe finds all of it. */
    private void record(Consumer<MinuteDraft> event) {
        Stripe stripe = stripes[(int) (Thread.currentThread().threadId() & (STRIPES - 1))];
        synchronized (stripe) {
            Instant minute = clock.instant().truncatedTo(ChronoUnit.MINUTES);
            event.accept(stripe.minutes.computeIfAbsent(minute, _ -> draft()));
        }
    }
}
