package ai.artcafe.tracker.flow;

import ai.artcafe.model.flow.FlowSpan;
import ai.artcafe.model.identity.TenantId;
import ai.artcafe.model.key.RedisKeys;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.Optional;

/**
 * A span of a tenant's flow that is to be rolled up.
 *
 * @param start its first instant
 */
public record DueSpan(TenantId tenant, FlowSpan span, Instant start) {

    /** In the order of time. */
    static final Comparator<DueSpan> BY_START = Comparator.comparing(DueSpan::start);

    private static final Duration MINUTE_SETTLES = Duration.ofSeconds(5);
    private static final Duration HOUR_SETTLES = Duration.ofSeconds(60);
    private static final Duration DAY_SETTLES = Duration.ofSeconds(120);

    public DueSpan {
        start = span.start(start);
    }

    /** The first instant after it. */
    public Instant end() {
        return span.end(start);
    }

    /** When it is first looked at: what it is made of has come by then, as a rule. */
    public Instant due() {
        return end().plus(
                        switch (span) {
                            case MINUTE -> MINUTE_SETTLES;
                            case HOUR -> HOUR_SETTLES;
                            case DAY -> DAY_SETTLES;
                        });
    }

    /** The longer span that it is a part of. */
    Optional<DueSpan> parent() {
        return switch (span) {
            case MINUTE -> Optional.of(new DueSpan(tenant, FlowSpan.HOUR, start));
            case HOUR -> Optional.of(new DueSpan(tenant, FlowSpan.DAY, start));
            case DAY -> Optional.empty();
        };
    }

    /** The member of {@link RedisKeys#FLOW_DUE}. */
    public String member() {
        return span.mark() + " " + tenant + " " + span.label(start);
    }

    /** What the member stands for; empty when it is none. */
    public static Optional<DueSpan> parse(String member) {
        String[] parts = member.split(" ", -1);
        if (parts.length != 3) {
            return Optional.empty();
        }
        return FlowSpan.ofMark(parts[0])
                .flatMap(span ->
                        TenantId.parse(parts[1])
                                .flatMap(tenant ->
                                        span.parse(parts[2])
                                                .map(start -> new DueSpan(tenant, span, start))));
    }
}
