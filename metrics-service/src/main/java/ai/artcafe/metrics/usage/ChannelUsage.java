package ai.artcafe.metrics.usage;

import ai.artcafe.metrics.flow.Share;
import java.time.Instant;
import java.util.List;

/**
 * How much went over the most used channels. The taps saw it, which is not what is billed: one that
 * did not listen all the time has not seen all.
 *
 * @param basis {@code tap}
 * @param from the first instant
 * @param to up to when
 * @param complete whether taps listened all the time
 * @param items the most used first
 */
public record ChannelUsage(
        String basis, Instant from, Instant to, boolean complete, List<Share> items) {

    static final String TAP = "tap";

    public ChannelUsage {
        items = List.copyOf(items);
    }
}
