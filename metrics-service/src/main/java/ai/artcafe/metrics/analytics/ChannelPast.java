package ai.artcafe.metrics.analytics;

import ai.artcafe.model.flow.FlowSpan;
import ai.artcafe.model.identity.ChannelId;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.util.List;
import java.util.NavigableMap;
import java.util.Optional;

/** Reads afresh what flowed on one channel in a time, by the taps' sketches. */
@ApplicationScoped
class ChannelPast {

    private final RankedSteps ranked;
    private final RankedSeries rankedSeries;

    ChannelPast(RankedSteps ranked, RankedSeries rankedSeries) {
        this.ranked = ranked;
        this.rankedSeries = rankedSeries;
    }

    AnalyticsAnswer read(AnalyticsAnswer.Head head, ChannelId channel, Instant now) {
        AnalyticsRange range = head.query().range();
        NavigableMap<Instant, Ranks> steps =
                ranked.read(head.tenant(), Ranks.Kind.CHANNELS, range, now);
        List<SeriesPoint> series = rankedSeries.of(head, steps, channel.value(), now);
        return AnalyticsAnswer.ofChannel(
                head,
                channel,
                RankedSeries.totals(
                        series,
                        steps.values().stream().mapToLong(Ranks::messages).sum(),
                        Optional.of(steps.values().stream().mapToLong(Ranks::inspected).sum())),
                range.step() == FlowSpan.HOUR
                        ? Calendar.of(series, head.query().days(), Optional.empty())
                        : Calendar.NONE,
                series);
    }
}
