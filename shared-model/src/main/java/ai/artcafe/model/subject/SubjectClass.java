package ai.artcafe.model.subject;

import ai.artcafe.model.identity.AgentId;
import ai.artcafe.model.identity.TenantId;

/** What a subject says of the message on it. */
public sealed interface SubjectClass {

    /** Traffic in a tenant's namespace. */
    record TenantTraffic(TenantId tenant) implements SubjectClass {}

    /** A heartbeat, presence or self-report of an agent: counted apart, never billed. */
    record Control(TenantId tenant, AgentId agent, Kind kind) implements SubjectClass {}

    /** A reply to a request; the subject does not tell whose. */
    record Inbox() implements SubjectClass {}

    /** Fits no template; still counted, under {@code unattributed}. */
    record Unattributed() implements SubjectClass {}

    /** The kinds of control message. */
    enum Kind {
        HEARTBEAT,
        PRESENCE,
        METRICS
    }
}
