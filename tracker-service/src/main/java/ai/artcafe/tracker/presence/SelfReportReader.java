package ai.artcafe.tracker.presence;

import ai.artcafe.model.identity.AgentId;
import ai.artcafe.model.identity.TenantId;
import ai.artcafe.model.presence.PresenceStatus;
import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.exc.StreamConstraintsException;
import com.fasterxml.jackson.core.json.JsonReadFeature;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.regex.Pattern;

/**
 * Reads what agents send as heartbeats: any bytes at all. What is not understood is left out and
 * counted; nothing is thrown, and nothing in it can be about anyone but its sender.
 */
final class SelfReportReader {

    private static final int MAX_DEPTH = 10;
    private static final int MAX_NAME = 256;
    private static final int MAX_NUMBER = 100;
    private static final int MAX_VERSION = 64;
    private static final Duration AHEAD = Duration.ofMinutes(1);
    private static final Pattern METRIC = Pattern.compile("[A-Za-z0-9_.-]{1,64}");
    private static final Pattern VERSION = Pattern.compile("[ -~]{1,64}");

    private static final Set<String> HEALTHY =
            Set.of(
                    "online",
                    "healthy",
                    "ok",
                    "up",
                    "active",
                    "ready",
                    "running",
                    "idle",
                    "busy",
                    "available",
                    "good");
    private static final Set<String> DEGRADED =
            Set.of("degraded", "warning", "warn", "slow", "impaired", "partial");
    private static final Set<String> UNHEALTHY =
            Set.of("unhealthy", "error", "critical", "failing", "failed", "bad", "fatal");

    private final JsonFactory json =
            JsonFactory.builder()
                    .enable(JsonReadFeature.ALLOW_NON_NUMERIC_NUMBERS)
                    .streamReadConstraints(
                            StreamReadConstraints.builder()
                                    .maxNestingDepth(MAX_DEPTH)
                                    .maxNameLength(MAX_NAME)
                                    .maxNumberLength(MAX_NUMBER)
                                    .build())
                    .build();

    private final int maxMetrics;
    private final Consumer<Ignored> ignore;

    /**
     * @param ignore is told of what is left out
     */
    SelfReportReader(int maxMetrics, Consumer<Ignored> ignore) {
        this.maxMetrics = maxMetrics;
        this.ignore = ignore;
    }

    /**
     * @param tenant whose agent it is, by what it cannot choose
     * @param agent who has sent it, likewise
     * @param now when it came
     */
    SelfReport read(byte[] payload, TenantId tenant, AgentId agent, Instant now) {
        if (payload.length == 0) {
            return SelfReport.NOTHING;
        }
        Members members = new Members(tenant, agent, now);
        try (JsonParser parser = json.createParser(payload)) {
            if (parser.nextToken() != JsonToken.START_OBJECT) {
                ignore.accept(Ignored.NOT_JSON);
                return SelfReport.NOTHING;
            }
            while (parser.nextToken() == JsonToken.FIELD_NAME) {
                members.read(parser);
            }
            if (parser.nextToken() != null) {
                ignore.accept(Ignored.NOT_JSON);
                return SelfReport.NOTHING;
            }
        } catch (StreamConstraintsException _) {
            ignore.accept(Ignored.TOO_COMPLEX);
            return SelfReport.NOTHING;
        } catch (IOException _) {
            ignore.accept(Ignored.NOT_JSON);
            return SelfReport.NOTHING;
        }
        return members.report();
    }

    private static Optional<PresenceStatus> status(String text) {
        String word = text.toLowerCase(Locale.ROOT);
        if (HEALTHY.contains(word)) {
            return Optional.of(PresenceStatus.ONLINE);
        }
        if (DEGRADED.contains(word)) {
            return Optional.of(PresenceStatus.DEGRADED);
        }
        return UNHEALTHY.contains(word) ? Optional.of(PresenceStatus.UNHEALTHY) : Optional.empty();
    }

    /** The object's members as they are met. */
    private final class Members {

        private final TenantId tenant;
        private final AgentId agent;
        private final Instant now;
        private final Map<String, Double> metrics = new HashMap<>();
        private String type = "";
        private Optional<PresenceStatus> status = Optional.empty();
        private Optional<String> version = Optional.empty();
        private boolean isOfAnother;
        private boolean isAhead;
        private boolean tooMany;

        Members(TenantId tenant, AgentId agent, Instant now) {
            this.tenant = tenant;
            this.agent = agent;
            this.now = now;
        }

        SelfReport report() {
            if (isAhead) {
                ignore.accept(Ignored.FUTURE_TIMESTAMP);
            }
            if (tooMany) {
                ignore.accept(Ignored.TOO_MANY_METRICS);
            }
            if (isOfAnother) {
                ignore.accept(Ignored.WRONG_ID);
                return new SelfReport(type, Optional.empty(), Optional.empty(), Map.of());
            }
            return new SelfReport(type, status, version, metrics);
        }

        void read(JsonParser parser) throws IOException {
            String name = parser.currentName();
            JsonToken value = parser.nextToken();
            switch (name) {
                case "type" -> type = value == JsonToken.VALUE_STRING ? parser.getText() : "";
                case "status", "health" -> health(parser, value);
                case "version" -> version(parser, value);
                case "tenant_id", "tenant" -> isOfAnother |= isNot(tenant.value(), parser, value);
                case "client_id", "agent_id", "client", "agent" ->
                        isOfAnother |= isNot(agent.value(), parser, value);
                case "timestamp", "ts", "time", "sent_at" -> isAhead |= isAhead(parser, value);
                case "metrics" -> {
                    if (value == JsonToken.START_OBJECT) {
                        metrics(parser);
                    } else {
                        parser.skipChildren();
                    }
                }
                default -> parser.skipChildren();
            }
        }

        /** The worse of two, should both be given. */
        private void health(JsonParser parser, JsonToken value) throws IOException {
            Optional<PresenceStatus> said = Optional.empty();
            if (value == JsonToken.VALUE_STRING) {
                said = status(parser.getText());
            } else if (value.isBoolean()) {
                said =
                        Optional.of(
                                value == JsonToken.VALUE_TRUE
                                        ? PresenceStatus.ONLINE
                                        : PresenceStatus.UNHEALTHY);
            } else {
                parser.skipChildren();
            }
            if (said.isEmpty()) {
                ignore.accept(Ignored.UNKNOWN_STATUS);
            } else if (status.isEmpty() || said.get().compareTo(status.get()) > 0) {
                status = said;
            }
        }

        private void version(JsonParser parser, JsonToken value) throws IOException {
            if (value != JsonToken.VALUE_STRING
                    || parser.getTextLength() > MAX_VERSION
                    || !VERSION.matcher(parser.getText()).matches()) {
                ignore.accept(Ignored.BAD_VERSION);
                parser.skipChildren();
                return;
            }
            version = Optional.of(parser.getText());
        }

        private boolean isNot(String mine, JsonParser parser, JsonToken value) throws IOException {
            boolean same = value == JsonToken.VALUE_STRING && parser.getText().equals(mine);
            parser.skipChildren();
            return !same;
        }

        /** Epoch seconds or milliseconds, or RFC 3339. */
        private boolean isAhead(JsonParser parser, JsonToken value) throws IOException {
            Instant latest = now.plus(AHEAD);
            if (value == JsonToken.VALUE_NUMBER_INT || value == JsonToken.VALUE_NUMBER_FLOAT) {
                double number = parser.getDoubleValue();
                double millis = number < 1e11 ? number * 1000 : number;
                return !(millis <= latest.toEpochMilli());
            }
            if (value == JsonToken.VALUE_STRING && parser.getTextLength() <= MAX_VERSION) {
                try {
                    return Instant.parse(parser.getText()).isAfter(latest);
                } catch (DateTimeParseException _) {
                    return false;
                }
            }
            parser.skipChildren();
            return false;
        }

        private void metrics(JsonParser parser) throws IOException {
            while (parser.nextToken() == JsonToken.FIELD_NAME) {
                String name = parser.currentName();
                JsonToken value = parser.nextToken();
                if (!value.isNumeric()) {
                    parser.skipChildren();
                    continue;
                }
                double number = parser.getDoubleValue();
                if (!Double.isFinite(number) || !METRIC.matcher(name).matches()) {
                    ignore.accept(Ignored.BAD_METRIC);
                } else if (metrics.size() >= maxMetrics && !metrics.containsKey(name)) {
                    tooMany = true;
                } else {
                    metrics.put(name, number);
                }
            }
        }
    }
}
