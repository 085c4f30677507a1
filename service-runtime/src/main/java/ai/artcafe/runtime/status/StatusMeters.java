package ai.artcafe.runtime.status;

import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;

/** Every meter of the reports. */
final class StatusMeters {

    /** Minutes that wait to be reported. */
    static final String WAITING = "artcafe.status.minutes.waiting";

    /** Minutes that were given up because they could not be reported for too long. */
    static final String LOST = "artcafe.status.minutes.lost";

    private StatusMeters() {}

    static void watch(MinuteBook book, MeterRegistry registry) {
        Gauge.builder(WAITING, book, MinuteBook::waiting).register(registry);
        FunctionCounter.builder(LOST, book, MinuteBook::givenUp).register(registry);
    }
}
