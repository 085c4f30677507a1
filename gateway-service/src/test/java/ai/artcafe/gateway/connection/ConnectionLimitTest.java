package ai.artcafe.gateway.connection;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.artcafe.gateway.agent.EndReason;
import ai.artcafe.model.identity.AgentId;
import ai.artcafe.model.problem.ErrorCode;
import ai.artcafe.model.problem.ProblemException;
import ai.artcafe.runtime.testing.TestClock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class ConnectionLimitTest {

    private static final AgentId AGENT = new AgentId("worker");
    private static final int LIMIT = 2;

    private final TestClock clock = new TestClock(Instant.parse("2026-11-21T04:05:06Z"));
    private final FakeSocket first = socket("c-1", 1);
    private final FakeSocket second = socket("c-2", 2);
    private final FakeSocket third = socket("c-3", 3);
    private final FakeSocket fourth = socket("c-4", 4);

    /**
     * Each gateway decides for itself, and together they end those beyond the limit and no more.
     */
    @ParameterizedTest
    @EnumSource(WhenFull.class)
    void gatewaysThatHearEachOtherKeepTheSameConnections(WhenFull whenFull) {
        Side one = new Side("one.1", whenFull, first, third);
        Side two = new Side("two.1", whenFull, second, fourth);
        one.hear(two);
        two.hear(one);

        one.limit.apply(AGENT);
        two.limit.apply(AGENT);

        assertThat(Stream.of(first, second, third, fourth).map(FakeSocket::isOpen))
                .isEqualTo(
                        whenFull == WhenFull.REPLACE
                                ? List.of(false, false, true, true)
                                : List.of(true, true, false, false));
        assertThat(whenFull == WhenFull.REPLACE ? first.closedWith() : fourth.closedWith())
                .hasValue(
                        whenFull == WhenFull.REPLACE
                                ? EndReason.REPLACED
                                : EndReason.CONNECTION_LIMIT);
    }

    @Test
    void aGatewayThatIsNotHeardAnyMoreCountsForNothing() {
        Side one = new Side("one.1", WhenFull.REPLACE, first, second);
        one.hear(new Side("two.1", WhenFull.REPLACE, third, fourth));
        clock.advance(OtherGateways.SILENT.plusMillis(1));

        one.limit.apply(AGENT);

        assertThat(first.isOpen()).isTrue();
        assertThat(second.isOpen()).isTrue();
    }

    @Test
    void whatHasClosedElsewhereMakesRoom() {
        Side one = new Side("one.1", WhenFull.REFUSE, first);
        one.hear(new Side("two.1", WhenFull.REFUSE, second));
        assertThatThrownBy(() -> one.limit.requireRoom(AGENT, LIMIT))
                .isInstanceOfSatisfying(
                        ProblemException.class,
                        e -> assertThat(e.code()).isEqualTo(ErrorCode.LIMIT_EXCEEDED));

        one.others.take(
                new ConnectionsNotice(
                        "two.1", ConnectionsNotice.Word.CHANGES, List.of(), List.of("c-2")));

        one.limit.requireRoom(AGENT, LIMIT);
    }

    @Test
    void aGatewayThatSaysGoodbyeTakesItsSocketsWithIt() {
        Side one = new Side("one.1", WhenFull.REPLACE, first);
        one.hear(new Side("two.1", WhenFull.REPLACE, second));

        one.others.take(
                new ConnectionsNotice(
                        "two.1", ConnectionsNotice.Word.GOODBYE, List.of(), List.of()));

        assertThat(one.others.of(AGENT)).isEmpty();
        assertThat(one.others.size()).isZero();
    }

    @Test
    void whatNoListingNamesAnyMoreIsForgotten() {
        Side one = new Side("one.1", WhenFull.REPLACE, first);
        one.hear(new Side("two.1", WhenFull.REPLACE, second));
        clock.advance(OtherGateways.FORGOTTEN.plus(Duration.ofSeconds(1)));
        one.hear(new Side("two.1", WhenFull.REPLACE, third));

        one.others.expire();

        assertThat(one.others.of(AGENT))
                .extracting(AgentConnection::connectionId)
                .containsExactly("c-3");
    }

    private static FakeSocket socket(String id, long second) {
        return FakeSocket.open(id, AGENT.value(), second, LIMIT);
    }

    /** A gateway with these sockets. */
    private final class Side {
        private final String run;
        private final List<FakeSocket> own;
        private final OtherGateways others = new OtherGateways(1000, clock);
        private final ConnectionLimit limit;

        Side(String run, WhenFull whenFull, FakeSocket... own) {
            this.run = run;
            this.own = List.of(own);
            this.limit = new ConnectionLimit(whenFull, new FakeSocket.Gateway(this.own), others);
        }

        void hear(Side other) {
            others.take(
                    new ConnectionsNotice(
                            other.run,
                            ConnectionsNotice.Word.CHANGES,
                            other.own.stream().map(AgentConnection::of).toList(),
                            List.of()));
        }
    }
}
