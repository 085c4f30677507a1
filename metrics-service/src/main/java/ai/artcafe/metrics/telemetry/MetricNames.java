package ai.artcafe.metrics.telemetry;

/** Every metric of this service that is its own. */
public final class MetricNames {

    /** Answers that were the last known ones, tagged with {@code store}. */
    public static final String STALE_ANSWERS = "artcafe.metrics.answers.stale";

    /** Requests answered with 503 for want of a last known answer, tagged with {@code store}. */
    public static final String NO_ANSWERS = "artcafe.metrics.answers.unavailable";

    /** Last known answers held. */
    public static final String ANSWERS_HELD = "artcafe.metrics.answers.held";

    /** Trackers' shares of a minute's flow that could not be read. */
    public static final String UNREADABLE_FLOWS = "artcafe.metrics.flow.unreadable";

    /** GraphQL queries refused as too deep or too costly. */
    public static final String QUERIES_REFUSED = "artcafe.metrics.graphql.refused";

    /** Files of usage that are being given out. */
    public static final String RUNNING_EXPORTS = "artcafe.metrics.exports.running";

    /** Files of usage that broke off: the client went, a store did, or it was corrected. */
    public static final String BROKEN_EXPORTS = "artcafe.metrics.exports.broken";

    /** Streams of live pictures that are open. */
    public static final String STREAMS = "artcafe.metrics.streams";

    /** Streams that have ended, tagged with {@code reason}. */
    public static final String STREAMS_ENDED = "artcafe.metrics.streams.ended";

    /** Pictures that a stream left out because its client had not taken the one before. */
    public static final String PICTURES_SKIPPED = "artcafe.metrics.streams.skipped";

    /** Tenants whose picture is looked at for streams. */
    public static final String FEEDS = "artcafe.metrics.feeds";

    /** Live pictures that gateways asked for, tagged with {@code outcome}. */
    public static final String PICTURES_TOLD = "artcafe.metrics.pictures.told";

    /** {@code fresh}, {@code stale}, or the code of the error. */
    public static final String OUTCOME = "outcome";

    public static final String REASON = "reason";

    public static final String STORE = "store";

    private MetricNames() {}
}
