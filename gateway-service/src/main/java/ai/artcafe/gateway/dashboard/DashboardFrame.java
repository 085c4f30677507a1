package ai.artcafe.gateway.dashboard;

import ai.artcafe.model.identity.ChannelId;
import ai.artcafe.model.problem.ErrorCode;
import java.util.Optional;
import java.util.OptionalInt;

/** What a dashboard says. */
sealed interface DashboardFrame {

    /** Its own id for the frame, which the answer repeats. */
    Optional<String> id();

    record SubscribeChannel(ChannelId channel, Optional<String> id) implements DashboardFrame {}

    record UnsubscribeChannel(ChannelId channel, Optional<String> id) implements DashboardFrame {}

    /**
     * @param pattern a subject, with wildcards or not, relative to the tenant or absolute
     */
    record SubscribePreview(String pattern, OptionalInt maxPerSecond, Optional<String> id)
            implements DashboardFrame {}

    record UnsubscribePreview(Optional<String> id) implements DashboardFrame {}

    record SubscribeMetrics(Optional<String> id) implements DashboardFrame {}

    record UnsubscribeMetrics(Optional<String> id) implements DashboardFrame {}

    /** A newer token. */
    record Refresh(String token, Optional<String> id) implements DashboardFrame {
        @Override
        public String toString() {
            return "Refresh[id=" + id + "]";
        }
    }

    record Ping(Optional<String> id) implements DashboardFrame {}

    /** None of these. */
    record Invalid(ErrorCode code, String detail, Optional<String> id) implements DashboardFrame {}
}
