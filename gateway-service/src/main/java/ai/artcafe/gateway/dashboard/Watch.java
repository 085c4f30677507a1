package ai.artcafe.gateway.dashboard;

import ai.artcafe.gateway.broker.Subscriber;
import ai.artcafe.gateway.broker.TenantLink;
import ai.artcafe.model.problem.ErrorCode;
import ai.artcafe.model.problem.ProblemException;
import ai.artcafe.model.subject.Subject;
import java.util.ArrayList;
import java.util.List;

/**
 * A subscription to some subjects of a tenant at once. Used by one thread.
 *
 * @param subjects every form of what is watched
 */
record Watch(TenantLink link, List<Subject> subjects, Subscriber subscriber) {

    /**
     * Subscribes to all of the subjects, or to none.
     *
     * @throws ProblemException {@code unavailable} without a connection to NATS, {@code
     *     limit_exceeded} when the tenant has as many subjects as it may
     */
    static Watch begin(TenantLink link, List<Subject> subjects, Subscriber subscriber) {
        List<Subject> done = new ArrayList<>();
        try {
            for (Subject subject : subjects) {
                if (!link.isUp()) {
                    throw unavailable();
                }
                if (!link.subscribe(subject.value(), subscriber)) {
                    throw ErrorCode.LIMIT_EXCEEDED.because(
                            "the tenant's dashboards have too many different subscriptions here");
                }
                done.add(subject);
            }
        } catch (IllegalStateException _) {
            new Watch(link, done, subscriber).end();
            throw unavailable();
        } catch (ProblemException e) {
            new Watch(link, done, subscriber).end();
            throw e;
        }
        return new Watch(link, subjects, subscriber);
    }

    void end() {
        subjects.forEach(subject -> link.unsubscribe(subject.value(), subscriber));
    }

    private static ProblemException unavailable() {
        return ErrorCode.UNAVAILABLE.because("subscriptions cannot be made now");
    }
}
