package ai.artcafe.metrics.graphql;

import ai.artcafe.metrics.analytics.AnalyticsAnswer;
import ai.artcafe.metrics.analytics.AnalyticsResource;
import ai.artcafe.metrics.anomaly.AnomaliesAnswer;
import ai.artcafe.metrics.anomaly.AnomaliesResource;
import ai.artcafe.metrics.graphql.QueryField.Argument;
import ai.artcafe.metrics.health.HealthCheckAnswer;
import ai.artcafe.metrics.health.HealthCheckResource;
import ai.artcafe.metrics.presence.PresenceAnswer;
import ai.artcafe.metrics.presence.PresenceResource;
import ai.artcafe.metrics.realtime.RealtimeAnswer;
import ai.artcafe.metrics.realtime.RealtimeResource;
import ai.artcafe.metrics.reconciliation.ReconciliationAnswer;
import ai.artcafe.metrics.reconciliation.ReconciliationResource;
import ai.artcafe.metrics.usage.UsageAnswer;
import ai.artcafe.metrics.usage.UsageMetrics;
import ai.artcafe.metrics.usage.UsageMetricsResource;
import ai.artcafe.metrics.usage.UsageResource;
import ai.artcafe.metrics.usage.explain.ExplainResource;
import ai.artcafe.metrics.usage.explain.Explanation;
import graphql.Scalars;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;

/**
 * The REST endpoints that can be queried. They are asked themselves, so that tenant, tier, ranges
 * and what is told while a store is away are decided in one place.
 */
@ApplicationScoped
class Endpoints {

    private static final Argument FROM =
            new Argument("from", Scalars.GraphQLString, "First instant: a date or RFC 3339");
    private static final Argument TO =
            new Argument("to", Scalars.GraphQLString, "First instant after it");
    private static final Argument ZONE =
            new Argument(
                    "timeZone", Scalars.GraphQLString, "Where days begin: Europe/Zurich; else UTC");
    private static final Argument CLIENT =
            new Argument("clientId", Scalars.GraphQLID, "Only this agent");
    private static final Argument LIMIT =
            new Argument("limit", Scalars.GraphQLInt, "How many at most, 1 to 100");
    private static final Argument CURSOR =
            new Argument("cursor", Scalars.GraphQLString, "The nextCursor of the page before");

    private final RealtimeResource realtime;
    private final PresenceResource presence;
    private final AnalyticsResource analytics;
    private final AnomaliesResource anomalies;
    private final HealthCheckResource health;
    private final UsageResource usage;
    private final UsageMetricsResource usageMetrics;
    private final ExplainResource explain;
    private final ReconciliationResource reconciliation;

    Endpoints(
            RealtimeResource realtime,
            PresenceResource presence,
            AnalyticsResource analytics,
            AnomaliesResource anomalies,
            HealthCheckResource health,
            UsageResource usage,
            UsageMetricsResource usageMetrics,
            ExplainResource explain,
            ReconciliationResource reconciliation) {
        this.realtime = realtime;
        this.presence = presence;
        this.analytics = analytics;
        this.anomalies = anomalies;
        this.health = health;
        this.usage = usage;
        this.usageMetrics = usageMetrics;
        this.explain = explain;
        this.reconciliation = reconciliation;
    }

    /** In the order in which the schema shows them. */
    List<QueryField> fields() {
        return List.of(
                new QueryField(
                        "realtime",
                        "What the agents do right now: GET /api/v1/metrics/realtime.",
                        RealtimeAnswer.class,
                        20,
                        List.of(),
                        _ -> realtime.realtime()),
                new QueryField(
                        "presence",
                        "Who is there: GET /api/v1/metrics/presence.",
                        PresenceAnswer.class,
                        30,
                        List.of(CLIENT, LIMIT, CURSOR),
                        given ->
                                presence.presence(
                                        given.text("clientId"),
                                        given.text("limit").orElse(null),
                                        given.text("cursor").orElse(null))),
                new QueryField(
                        "analytics",
                        "What the agents did in a time: GET /api/v1/metrics/analytics.",
                        AnalyticsAnswer.class,
                        100,
                        List.of(
                                new Argument(
                                        "period",
                                        Scalars.GraphQLString,
                                        "The last 1h, 24h, 7d or 30d, instead of from and to"),
                                FROM,
                                TO,
                                ZONE,
                                CLIENT,
                                new Argument(
                                        "channelId", Scalars.GraphQLID, "Only on this channel")),
                        given ->
                                analytics.analytics(
                                        given.text("period"),
                                        given.text("from"),
                                        given.text("to"),
                                        given.text("timeZone"),
                                        given.text("clientId"),
                                        given.text("channelId"))),
                new QueryField(
                        "anomalies",
                        "What was out of the ordinary: GET /api/v1/metrics/anomalies.",
                        AnomaliesAnswer.class,
                        50,
                        List.of(
                                new Argument("hours", Scalars.GraphQLInt, "How far back, 1 to 720"),
                                LIMIT,
                                CURSOR),
                        given ->
                                anomalies.anomalies(
                                        given.text("hours").orElse(null),
                                        given.text("limit").orElse(null),
                                        given.text("cursor").orElse(null))),
                new QueryField(
                        "healthCheck",
                        "Whether all is well: GET /api/v1/metrics/health-check.",
                        HealthCheckAnswer.class,
                        30,
                        List.of(),
                        _ -> health.healthCheck()),
                new QueryField(
                        "usage",
                        "What was used, exactly: GET /api/v1/usage/stats.",
                        UsageAnswer.class,
                        50,
                        List.of(FROM, TO, ZONE, CLIENT),
                        given ->
                                usage.stats(
                                        given.text("from"),
                                        given.text("to"),
                                        given.text("timeZone"),
                                        given.text("clientId"))),
                new QueryField(
                        "currentUsage",
                        "What was used in the billing period: GET /api/v1/usage/current.",
                        UsageAnswer.class,
                        50,
                        List.of(),
                        _ -> usage.current()),
                new QueryField(
                        "usageMetrics",
                        "Today and the billing period: GET /api/v1/usage/metrics.",
                        UsageMetrics.class,
                        60,
                        List.of(),
                        _ -> usageMetrics.metrics()),
                new QueryField(
                        "explainUsage",
                        "What an amount is made of: GET /api/v1/usage/explain.",
                        Explanation.class,
                        60,
                        List.of(
                                new Argument(
                                        "period",
                                        Scalars.GraphQLString,
                                        "A month (2026-11), a day (2026-11-21) or an hour"),
                                new Argument("agent", Scalars.GraphQLID, "Only of this agent"),
                                LIMIT,
                                CURSOR),
                        given ->
                                explain.explain(
                                        given.text("period"),
                                        given.text("agent"),
                                        given.text("limit").orElse(null),
                                        given.text("cursor").orElse(null))),
                new QueryField(
                        "reconciliation",
                        "How far the count is proved: GET /api/v1/usage/reconciliation.",
                        ReconciliationAnswer.class,
                        50,
                        List.of(FROM, TO, LIMIT, CURSOR),
                        given ->
                                reconciliation.reconciliation(
                                        given.text("from"),
                                        given.text("to"),
                                        given.text("limit").orElse(null),
                                        given.text("cursor").orElse(null))));
    }
}
