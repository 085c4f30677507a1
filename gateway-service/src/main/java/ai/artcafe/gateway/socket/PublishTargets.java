package ai.artcafe.gateway.socket;

import ai.artcafe.model.identity.TenantId;
import ai.artcafe.model.subject.SubjectScheme;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Where the messages of one socket go: the subjects it used lately, each looked at once, and the
 * reply subjects it was given. Used by the socket's event loop only.
 */
final class PublishTargets {

    private static final int REMEMBERED = 256;

    private final SubjectScheme subjects;
    private final TenantId tenant;
    private final Map<String, PublishTarget> known = newest(REMEMBERED);
    private final Map<String, PublishTarget> replies;

    PublishTargets(SubjectScheme subjects, TenantId tenant, int replySubjects) {
        this.subjects = subjects;
        this.tenant = tenant;
        this.replies = newest(replySubjects);
    }

    PublishTarget of(String named) {
        PublishTarget target = known.get(named);
        if (target == null) {
            target = replies.get(named);
        }
        if (target == null) {
            target = PublishTarget.of(subjects, tenant, named);
            if (target instanceof PublishTarget.Literal) {
                known.put(named, target);
            }
        }
        return target;
    }

    /** The socket has been given this subject to answer to. */
    void mayReplyTo(String subject) {
        if (subject.startsWith("_INBOX.")) {
            replies.put(subject, new PublishTarget.Literal(subject));
        }
    }

    private static Map<String, PublishTarget> newest(int capacity) {
        return new LinkedHashMap<>() {
            private static final long serialVersionUID = 1L;

            @Override
            protected boolean removeEldestEntry(Map.Entry<String, PublishTarget> eldest) {
                return size() > capacity;
            }
        };
    }
}
