package ai.artcafe.system;

import ai.artcafe.model.usage.Period;
import java.time.Duration;
import java.time.Instant;
import org.awaitility.Awaitility;

/** The day in UTC, of which live pictures and quotas are. */
final class Today {

    private Today() {}

    /** Returns when the day does not end within the next minutes. */
    static void awaitRoom() {
        Instant now = Instant.now();
        if (now.plusSeconds(150).isAfter(Period.DAILY.end(now))) {
            Awaitility.await()
                    .atMost(Duration.ofMinutes(4))
                    .until(() -> !Instant.now().isBefore(Period.DAILY.end(now)));
        }
    }
}
