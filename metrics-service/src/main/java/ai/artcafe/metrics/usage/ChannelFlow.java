package ai.artcafe.metrics.usage;

import ai.artcafe.metrics.flow.Share;
import ai.artcafe.metrics.store.FlowItems;
import ai.artcafe.metrics.store.LiveFlow;
import ai.artcafe.metrics.store.LiveMinute;
import ai.artcafe.metrics.store.LiveTaps;
import ai.artcafe.metrics.store.TapHistory;
import ai.artcafe.model.flow.FlowSketches;
import ai.artcafe.model.flow.FlowSpan;
import ai.artcafe.model.identity.TenantId;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * Reads what went over channels today: the hours that are rolled up, and the minutes of those that
 * are not yet.
 */
@ApplicationScoped
class ChannelFlow {

    private final FlowItems items;
    private final LiveFlow live;
    private final TapHistory history;

    ChannelFlow(FlowItems items, LiveFlow live, TapHistory history) {
        this.items = items;
        this.live = live;
        this.history = history;
    }

    ChannelUsage today(TenantId tenant, Instant now) {
        LiveTaps taps = live.taps();
        Instant midnight = FlowSpan.DAY.start(now);
        FlowSketches all = new FlowSketches();
        List<FlowItems.Key> hours =
                starts(FlowSpan.HOUR, midnight, FlowSpan.HOUR.start(now))
                        .map(start -> new FlowItems.Key(FlowSpan.HOUR, start))
                        .toList();
        Map<FlowItems.Key, FlowSketches> rolledUp = items.sketches(tenant, hours);
        rolledUp.values().forEach(all::merge);
        Stream.concat(
                        hours.stream()
                                .filter(hour -> !rolledUp.containsKey(hour))
                                .map(FlowItems.Key::start)
                                .filter(hour -> hour.isAfter(now.minus(LiveFlow.MINUTES_KEPT))),
                        Stream.of(FlowSpan.HOUR.start(now)))
                .forEach(hour -> minutes(tenant, hour, now, all));
        return new ChannelUsage(
                ChannelUsage.TAP,
                midnight,
                now,
                history.times().with(taps).covers(midnight, now),
                Share.top(all.flow().channels()));
    }

    private void minutes(TenantId tenant, Instant hour, Instant now, FlowSketches all) {
        Instant end = FlowSpan.HOUR.end(hour);
        List<FlowItems.Key> minutes =
                starts(FlowSpan.MINUTE, hour, end.isAfter(now) ? now : end)
                        .map(start -> new FlowItems.Key(FlowSpan.MINUTE, start))
                        .toList();
        Map<FlowItems.Key, FlowSketches> rolledUp = items.sketches(tenant, minutes);
        rolledUp.values().forEach(all::merge);
        List<Instant> young =
                minutes.stream()
                        .filter(minute -> !rolledUp.containsKey(minute))
                        .map(FlowItems.Key::start)
                        .toList();
        live.minutes(tenant, young).stream().map(LiveMinute::sketches).forEach(all::merge);
    }

    private static Stream<Instant> starts(FlowSpan span, Instant from, Instant to) {
        return Stream.iterate(from, start -> start.isBefore(to), span::end);
    }
}
