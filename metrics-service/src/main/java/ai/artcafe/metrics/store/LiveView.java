package ai.artcafe.metrics.store;

import ai.artcafe.model.anomaly.AnomalyState;
import ai.artcafe.model.flow.FlowSpan;
import ai.artcafe.model.forecast.Forecast;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * All that Redis tells of a tenant at one moment. A part is made sense of when it is asked for; one
 * that was not wanted is empty.
 */
public final class LiveView {

    private final Supplier<Freshness> freshness;
    private final Supplier<LiveTaps> taps;
    private final Supplier<LiveTenant> tenant;
    private final Supplier<RecentSeconds> seconds;
    private final Map<Instant, Supplier<List<LiveMinute>>> minutes;
    private final Supplier<Optional<AnomalyState>> anomalies;
    private final Supplier<Optional<Forecast>> forecast;

    LiveView(
            Supplier<Freshness> freshness,
            Supplier<LiveTaps> taps,
            Supplier<LiveTenant> tenant,
            Supplier<RecentSeconds> seconds,
            Map<Instant, Supplier<List<LiveMinute>>> minutes,
            Supplier<Optional<AnomalyState>> anomalies,
            Supplier<Optional<Forecast>> forecast) {
        this.freshness = freshness;
        this.taps = taps;
        this.tenant = tenant;
        this.seconds = seconds;
        this.minutes = Map.copyOf(minutes);
        this.anomalies = anomalies;
        this.forecast = forecast;
    }

    /** How far the ledger has come; the rest is at least as far. */
    public Freshness freshness() {
        return freshness.get();
    }

    /** How far each tracker's tap is; what they saw is at least as far. */
    public LiveTaps taps() {
        return taps.get();
    }

    public LiveTenant tenant() {
        return tenant.get();
    }

    /** What the taps saw in the last seconds. */
    public RecentSeconds seconds() {
        return seconds.get();
    }

    /** What is told of the minutes that have a part in the time between the two. */
    public List<LiveMinute> minutes(Instant from, Instant to) {
        return minutes.entrySet().stream()
                .filter(minute ->
                        !minute.getKey().isAfter(to)
                                && FlowSpan.MINUTE.end(minute.getKey()).isAfter(from))
                .flatMap(minute -> minute.getValue().get().stream())
                .toList();
    }

    public Optional<AnomalyState> anomalies() {
        return anomalies.get();
    }

    public Optional<Forecast> forecast() {
        return forecast.get();
    }
}
