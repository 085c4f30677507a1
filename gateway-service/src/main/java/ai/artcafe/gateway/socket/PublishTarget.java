package ai.artcafe.gateway.socket;

import ai.artcafe.model.identity.TenantId;
import ai.artcafe.model.problem.ErrorCode;
import ai.artcafe.model.subject.Subject;
import ai.artcafe.model.subject.SubjectScheme;
import java.util.Optional;

/** Where a message goes that an agent publishes to a subject it named. */
sealed interface PublishTarget {

    /**
     * @param subject the subject on NATS
     */
    record Literal(String subject) implements PublishTarget {}

    record Refused(ErrorCode code, String detail) implements PublishTarget {}

    static PublishTarget of(SubjectScheme subjects, TenantId tenant, String named) {
        Optional<Subject> subject = Subject.parse(named);
        if (subject.isEmpty() || !subject.get().isLiteral()) {
            return new Refused(
                    ErrorCode.INVALID_SUBJECT,
                    "subject must be 1 to 32 tokens with dots between, without wildcards or white"
                            + " space");
        }
        return subjects.resolve(tenant, subject.get())
                .<PublishTarget>map(resolved -> allowed(subjects, tenant, resolved.value()))
                .orElseGet(() ->
                        new Refused(
                                ErrorCode.FORBIDDEN_SUBJECT,
                                "the subject is outside your tenant's namespace"));
    }

    private static PublishTarget allowed(SubjectScheme subjects, TenantId tenant, String subject) {
        return subjects.isOfThePlatform(tenant, subject)
                ? new Refused(ErrorCode.FORBIDDEN_SUBJECT, "only the platform publishes there")
                : new Literal(subject);
    }
}
