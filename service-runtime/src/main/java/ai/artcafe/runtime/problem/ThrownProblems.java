package ai.artcafe.runtime.problem;

import ai.artcafe.model.problem.ErrorCode;
import ai.artcafe.model.problem.ProblemException;
import io.quarkus.arc.All;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jboss.logging.Logger;

/**
 * What clients are told of anything that was thrown: an error of theirs as it is, a value that the
 * model refuses as 400, a part that is away as 503 {@code unavailable}, and what remains as 500
 * {@code internal} with an id to find it in the log by.
 */
@ApplicationScoped
public class ThrownProblems {

    private static final Logger LOG = Logger.getLogger(ThrownProblems.class);
    private static final String RETRY_AFTER_SECONDS = "1";

    private final List<Outages> outages;

    public ThrownProblems(@All List<Outages> outages) {
        this.outages = List.copyOf(outages);
    }

    /**
     * @param where what failed, for the log: a method and a path without its query
     */
    public ProblemException of(Throwable error, String where) {
        if (error instanceof ProblemException problem) {
            return problem;
        }
        return InvalidValue.in(error)
                .or(() -> away(error, where))
                .orElseGet(() -> internal(error, where));
    }

    /** The same where a part that is away is the reason; else nothing. */
    Optional<ProblemException> away(Throwable error, String where) {
        return partAway(error).map(part -> unavailable(part, error, where));
    }

    private Optional<String> partAway(Throwable error) {
        return outages.stream().flatMap(outage -> outage.partAway(error).stream()).findFirst();
    }

    private static ProblemException unavailable(String part, Throwable error, String where) {
        LOG.warnf(
                "request not answered, a part is away part=%s where=%s error=%s",
                part, where, error.getClass().getName());
        return new ProblemException(
                ErrorCode.UNAVAILABLE,
                "A part of the platform is away; try again in a moment.",
                Map.of(ProblemResponses.RETRY_AFTER, RETRY_AFTER_SECONDS));
    }

    private static ProblemException internal(Throwable error, String where) {
        String id = UUID.randomUUID().toString();
        LOG.errorf(error, "request failed error_id=%s where=%s", id, where);
        return new ProblemException(
                ErrorCode.INTERNAL,
                "Something went wrong on our side; error_id tells us what.",
                Map.of("error_id", id));
    }
}
