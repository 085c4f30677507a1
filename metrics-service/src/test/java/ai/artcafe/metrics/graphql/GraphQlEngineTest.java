package ai.artcafe.metrics.graphql;

import static java.util.stream.Collectors.joining;
import static org.assertj.core.api.Assertions.assertThat;

import ai.artcafe.metrics.answer.Answer;
import ai.artcafe.metrics.graphql.QueryField.Argument;
import ai.artcafe.metrics.testing.TestClock;
import ai.artcafe.model.identity.AgentId;
import ai.artcafe.model.plan.Tier;
import ai.artcafe.model.problem.ErrorCode;
import ai.artcafe.runtime.problem.ThrownProblems;
import ai.artcafe.runtime.store.StoreAwayException;
import ai.artcafe.runtime.store.StoreOutages;
import com.fasterxml.jackson.annotation.JsonUnwrapped;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import graphql.Scalars;
import graphql.introspection.IntrospectionQuery;
import graphql.schema.idl.SchemaPrinter;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.IOException;
import java.net.ConnectException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class GraphQlEngineTest {

    /** Everything that an answer may be made of. */
    record ThingAnswer(
            AgentId agentId,
            Tier tier,
            Instant asOf,
            Optional<Instant> seen,
            OptionalLong rest,
            long bytes,
            double share,
            boolean stale,
            List<Part> parts,
            Map<String, Long> errors,
            @JsonUnwrapped More more)
            implements Answer<ThingAnswer> {

        record Part(String name, Optional<List<Integer>> numbers) {}

        record More(Optional<Part> best) {}

        @Override
        public ThingAnswer asStale() {
            return this;
        }

        @Override
        public int rows() {
            return 1;
        }
    }

    private static final ThingAnswer THING =
            new ThingAnswer(
                    new AgentId("a1"),
                    Tier.BASIC,
                    Instant.parse("2026-11-21T03:00:00.123456Z"),
                    Optional.empty(),
                    OptionalLong.of(1L << 40),
                    1L << 41,
                    0.5,
                    false,
                    List.of(new ThingAnswer.Part("p", Optional.of(List.of(1, 2)))),
                    Map.of("timeout", 3L),
                    new ThingAnswer.More(
                            Optional.of(new ThingAnswer.Part("best", Optional.empty()))));

    private final SimpleMeterRegistry metrics = new SimpleMeterRegistry();
    private final List<Arguments> asked = new ArrayList<>();

    private ThingAnswer thing(Arguments given) {
        asked.add(given);
        return switch (given.text("id").orElse("")) {
            case "away" -> throw new StoreAwayException("redis", new ConnectException("secret"));
            case "broken" -> throw new IllegalStateException("secret");
            case "locked" -> throw ErrorCode.TIER_REQUIRED.because("It takes more.");
            default -> THING;
        };
    }

    private GraphQlEngine engine(GraphQlConfig config) {
        return new GraphQlEngine(
                List.of(
                        new QueryField(
                                "thing",
                                "A thing.",
                                ThingAnswer.class,
                                20,
                                List.of(new Argument("id", Scalars.GraphQLID, "Which")),
                                this::thing)),
                config,
                new GraphQlErrors(new ThrownProblems(List.of(new StoreOutages()))),
                metrics,
                new TestClock());
    }

    private JsonNode ask(String query) {
        return ask(new Settings(), query);
    }

    private JsonNode ask(GraphQlConfig config, String query) {
        ObjectMapper json = new ObjectMapper();
        try {
            return json.readTree(json.writeValueAsBytes(engine(config).answer(request(query))));
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    private static String message(JsonNode answer) {
        return answer.at("/errors/0/message").asText();
    }

    @Test
    void theSchemaIsMadeFromTheRecords() {
        String schema =
                new SchemaPrinter(
                                SchemaPrinter.Options.defaultOptions()
                                        .includeDirectiveDefinitions(false))
                        .print(engine(new Settings()).schema());

        assertThat(schema)
                .contains("thing(")
                .contains("  agentId: ID!")
                .contains("  tier: Tier!")
                .contains("  asOf: DateTime!")
                .contains("  seen: DateTime\n")
                .contains("  rest: Long\n")
                .contains("  bytes: Long!")
                .contains("  parts: [GraphQlEngineTestThingPart!]!")
                .contains("  errors: [NamedLong!]!")
                .contains("  best: GraphQlEngineTestThingPart\n")
                .contains("  numbers: [Int!]\n")
                .doesNotContain("more");
    }

    @Test
    void everyKindOfValueIsTold() {
        JsonNode answer =
                ask(
                        """
                        { thing { agentId tier asOf seen rest bytes share stale
                                  parts { name numbers } errors { name value }
                                  best { name numbers } } }\
                        """);

        assertThat(answer.has("errors")).isFalse();
        assertThat(answer.at("/data/thing"))
                .hasToString(
                        """
                        {"agentId":"a1","tier":"BASIC","asOf":"2026-11-21T03:00:00.123Z",\
                        "seen":null,"rest":1099511627776,"bytes":2199023255552,"share":0.5,\
                        "stale":false,"parts":[{"name":"p","numbers":[1,2]}],\
                        "errors":[{"name":"timeout","value":3}],\
                        "best":{"name":"best","numbers":null}}\
                        """);
    }

    @Test
    void whatFailsIsNullWithACodeAndTheRestIsAnswered() {
        JsonNode answer =
                ask(
                        """
                        { good: thing { bytes } locked: thing(id: "locked") { bytes }
                          away: thing(id: "away") { bytes } broken: thing(id: "broken") { bytes } }
                        """);

        assertThat(answer.at("/data/good/bytes").isNumber()).isTrue();
        assertThat(answer.at("/data/locked").isNull()).isTrue();
        assertThat(answer.at("/errors"))
                .extracting(error -> error.at("/extensions/code").asText())
                .containsExactly("tier_required", "unavailable", "internal");
        assertThat(answer.at("/errors/1/extensions/retry_after").asText()).isEqualTo("1");
        assertThat(answer.at("/errors/2/extensions/error_id").asText()).hasSize(36);
        assertThat(answer.at("/errors/2/path/0").asText()).isEqualTo("broken");
        assertThat(answer.toString()).doesNotContain("secret", "Exception");
    }

    @Test
    void whatIsAskedTwiceIsReadOnce() {
        ask("{ a: thing { bytes } b: thing { share } c: thing(id: \"x\") { bytes } }");

        assertThat(asked).extracting(given -> given.text("id").orElse("")).containsExactly("", "x");
    }

    @Test
    void afterTheTimeoutNothingMoreIsAsked() {
        JsonNode answer =
                ask(
                        new Settings() {
                            @Override
                            public Duration timeout() {
                                return Duration.ofMillis(-1);
                            }
                        },
                        "{ thing { bytes } }");

        assertThat(answer.at("/errors/0/extensions/code").asText()).isEqualTo("timeout");
        assertThat(asked).isEmpty();
    }

    @Test
    void manyAliasesCostWhatTheyAskFor() {
        String aliases =
                IntStream.range(0, 300)
                        .mapToObj(i -> "a" + i + ": thing { bytes }")
                        .collect(joining(" "));

        assertThat(message(ask("{ " + aliases + " }"))).contains("costs 6300", "at most 4000");
        assertThat(asked).isEmpty();
        assertThat(metrics.counter("artcafe.metrics.graphql.refused").count()).isEqualTo(1);
    }

    @Test
    void aQueryTakesOfTheRateLimitsWhatItsEndpointsWould() {
        GraphQlEngine engine = engine(new Settings());
        assertThat(engine.units(request("{ thing { bytes share } }"))).isEqualTo(1);
        assertThat(engine.units(request("{ a: thing { bytes } b: thing { bytes } }"))).isEqualTo(2);
        assertThat(engine.units(request("{ ...f ...f } fragment f on Query { thing { bytes } }")))
                .isEqualTo(2);
        assertThat(engine.units(request("{"))).isEqualTo(1);
    }

    private static GraphQlRequest request(String query) {
        return new GraphQlRequest(query, Optional.empty(), Map.of());
    }

    @Test
    void theFieldsOfAListCostTenTimes() {
        String aliases =
                IntStream.range(0, 400).mapToObj(i -> "n" + i + ": name").collect(joining(" "));

        assertThat(message(ask("{ thing { parts { " + aliases + " } } }")))
                .contains("costs 4021", "at most 4000");
    }

    @Test
    void fragmentsThatMultiplyAreMeasuredWithoutBeingUnfolded() {
        String bomb =
                "{ ...f0 }"
                        + IntStream.range(0, 60)
                                .mapToObj(i ->
                                        " fragment f%d on Query { ...f%d ...f%d ...f%d }"
                                                .formatted(i, i + 1, i + 1, i + 1))
                                .collect(joining())
                        + " fragment f60 on Query { thing { bytes } }";

        assertThat(message(ask(bomb))).contains("costs", "at most 4000");
    }

    @Test
    void aFragmentInItselfIsRefused() {
        assertThat(
                        message(
                                ask(
                                        "{ ...a } fragment a on Query { ...b } fragment b on Query"
                                                + " { ...a thing { bytes } }")))
                .isEqualTo("A fragment must not be in itself.");
    }

    @Test
    void whatIsNestedTooDeepIsRefused() {
        assertThat(message(ask("{ thing" + " { x".repeat(10) + " }".repeat(10) + " }")))
                .contains("11 fields deep", "at most 10");
        assertThat(message(ask("{".repeat(2000)))).isNotEmpty();
    }

    @Test
    void aTextThatIsTooLongIsNotRead() {
        assertThat(message(ask("{ thing { bytes } } #" + "x".repeat(20_000))))
                .contains("16,384 characters");
        assertThat(message(ask("{ thing { " + "a ".repeat(3_001) + "} }")))
                .contains("3,000 'grammar' tokens");
    }

    @Test
    void whatIsNoQueryOfThisSchemaIsRefusedWithACode() {
        for (String query :
                List.of(
                        "{",
                        "thing",
                        "{ nothing }",
                        "{ thing }",
                        "{ thing { bytes { x } } }",
                        "{ thing(id: [1]) { bytes } }",
                        "{ thing(other: 1) { bytes } }",
                        "mutation { thing { bytes } }",
                        "subscription { thing { bytes } }",
                        "query A { thing { bytes } } query B { thing { bytes } }",
                        "query($x: Nope) { thing { bytes } }",
                        "query($x: ID!) { thing(id: $x) { bytes } }",
                        "{ ...missing }",
                        "fragment a on Query { thing { bytes } }",
                        "{ \u0000 }")) {
            JsonNode answer = ask(query);
            assertThat(answer.has("data")).as(query).isFalse();
            assertThat(answer.at("/errors/0/extensions/code").asText())
                    .as("%s: %s", query, answer)
                    .isEqualTo("invalid_request");
            assertThat(answer.toString()).as(query).doesNotContain("ai.artcafe", "Exception");
        }
        assertThat(asked).isEmpty();
    }

    @Test
    void theSchemaMayBeAskedForUnlessThatIsOff() {
        JsonNode answer = ask(IntrospectionQuery.INTROSPECTION_QUERY);
        assertThat(answer.has("errors")).as(answer.toString()).isFalse();
        assertThat(answer.at("/data/__schema/queryType/name").asText()).isEqualTo("Query");

        JsonNode off =
                ask(
                        new Settings() {
                            @Override
                            public boolean introspection() {
                                return false;
                            }
                        },
                        IntrospectionQuery.INTROSPECTION_QUERY);
        assertThat(off.at("/data/__schema").isMissingNode()).isTrue();
        assertThat(off.at("/errors/0/extensions/code").asText()).isEqualTo("invalid_request");
    }

    /** The defaults, which {@link GraphQlConfig} has as text. */
    private static class Settings implements GraphQlConfig {

        @Override
        public int maxLength() {
            return 16_384;
        }

        @Override
        public int maxTokens() {
            return 3_000;
        }

        @Override
        public int maxDepth() {
            return 10;
        }

        @Override
        public int maxCost() {
            return 4_000;
        }

        @Override
        public Duration timeout() {
            return Duration.ofSeconds(10);
        }

        @Override
        public boolean introspection() {
            return true;
        }
    }
}
