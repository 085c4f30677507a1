package ai.artcafe.metrics.analytics;

import java.util.Optional;

/**
 * What a client asks of the past, as it put it.
 *
 * @param period {@code 1h}, {@code 24h}, {@code 7d} or {@code 30d}
 * @param from instead of a period: a date or an RFC 3339 time
 * @param to the first instant after it
 * @param timeZone by whose days and hours it is told, a name of the IANA database
 * @param clientId only this agent
 * @param channelId only this channel
 */
public record AnalyticsRequest(
        Optional<String> period,
        Optional<String> from,
        Optional<String> to,
        Optional<String> timeZone,
        Optional<String> clientId,
        Optional<String> channelId) {}
