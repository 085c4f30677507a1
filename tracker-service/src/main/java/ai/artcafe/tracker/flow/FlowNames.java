package ai.artcafe.tracker.flow;

import ai.artcafe.model.flow.Flow;
import ai.artcafe.model.identity.ChannelId;
import ai.artcafe.model.identity.TenantId;
import ai.artcafe.model.subject.SubjectScheme;
import java.util.Optional;

/** How the subjects of a tenant's messages are shown in its flow. */
final class FlowNames {

    /** Longer subjects are cut. */
    static final int MAX_SUBJECT = 256;

    /** All replies: the subjects themselves are as many as there are requests. */
    static final String REPLIES = "_INBOX";

    private static final String CHANNEL = "channel.";

    private final SubjectScheme scheme;

    FlowNames(SubjectScheme scheme) {
        this.scheme = scheme;
    }

    /**
     * Adds messages to a flow.
     *
     * @param subject as published
     */
    void add(Flow flow, TenantId tenant, String subject, long messages) {
        if (subject.startsWith(REPLIES)) {
            flow.subjects().add(REPLIES, messages);
            return;
        }
        String relative = cut(scheme.relativize(tenant, subject).orElse(subject));
        flow.subjects().add(relative, messages);
        flow.distinctSubjects().add(relative);
        channel(relative).ifPresent(channel -> flow.channels().add(channel.value(), messages));
    }

    private static Optional<ChannelId> channel(String relative) {
        if (!relative.startsWith(CHANNEL)) {
            return Optional.empty();
        }
        int end = relative.indexOf('.', CHANNEL.length());
        return ChannelId.parse(
                end < 0
                        ? relative.substring(CHANNEL.length())
                        : relative.substring(CHANNEL.length(), end));
    }

    private static String cut(String subject) {
        if (subject.length() <= MAX_SUBJECT) {
            return subject;
        }
        boolean splits = Character.isHighSurrogate(subject.charAt(MAX_SUBJECT - 1));
        return subject.substring(0, splits ? MAX_SUBJECT - 1 : MAX_SUBJECT);
    }
}
