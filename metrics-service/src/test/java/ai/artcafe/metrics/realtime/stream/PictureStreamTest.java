package ai.artcafe.metrics.realtime.stream;

import static org.assertj.core.api.Assertions.assertThat;

import ai.artcafe.metrics.realtime.Rates;
import ai.artcafe.metrics.realtime.Track;
import ai.artcafe.metrics.store.RecentSeconds;
import ai.artcafe.model.access.Role;
import ai.artcafe.model.identity.TenantId;
import ai.artcafe.model.usage.Traffic;
import ai.artcafe.runtime.access.TenantAccess;
import ai.artcafe.runtime.access.UserPrincipal;
import ai.artcafe.runtime.json.JsonConventions;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.datatype.jdk8.Jdk8Module;
import io.smallrye.config.SmallRyeConfigBuilder;
import io.smallrye.mutiny.helpers.test.AssertSubscriber;
import jakarta.ws.rs.sse.OutboundSseEvent;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;
import org.jboss.resteasy.reactive.server.jaxrs.SseImpl;
import org.junit.jupiter.api.Test;

class PictureStreamTest {

    private static final Instant EXPIRES = Instant.parse("2026-11-21T05:00:00Z");
    private static final Instant BEFORE = EXPIRES.minusMillis(1);
    private static final TenantId TENANT = new TenantId("acme");

    private final AtomicLong nanos = new AtomicLong();
    private final Recorded life = new Recorded();
    private final StreamConfig config =
            new SmallRyeConfigBuilder()
                    .addDiscoveredConverters()
                    .withMapping(StreamConfig.class)
                    .build()
                    .getConfigMapping(StreamConfig.class);
    private final PictureStream stream = stream(OptionalLong.empty());

    private int cuts;

    /** What becomes of the stream. */
    private static final class Recorded implements PictureStream.Life {

        private int begun;
        private int skipped;
        private final List<Optional<Ending>> endings = new ArrayList<>();

        @Override
        public void began(PictureStream stream) {
            begun++;
        }

        @Override
        public void skipped() {
            skipped++;
        }

        @Override
        public void over(PictureStream stream, Optional<Ending> ending) {
            endings.add(ending);
        }
    }

    @Test
    void onlyTheNewestPictureWaitsForASlowClientAndTellsWhatItMissed() {
        AssertSubscriber<OutboundSseEvent> client = subscribe(stream, 1);
        for (int second = 101; second <= 110; second++) {
            stream.show(seen(second));
        }

        client.request(5);

        assertThat(client.getItems()).hasSize(2);
        assertThat(client.getItems().getFirst().getId()).isEqualTo("100");
        OutboundSseEvent newest = client.getItems().getLast();
        assertThat(newest.getId()).isEqualTo("110");
        assertThat(newest.getData().toString())
                .startsWith("{\"second\":110,\"missed\":{\"source\":\"tap\"")
                .contains("\"at\":\"1970-01-01T00:01:41.000Z\",\"messages\":101")
                .contains("\"at\":\"1970-01-01T00:01:49.000Z\",\"messages\":109")
                .doesNotContain("00:01:50.000Z\",\"messages\"");
        assertThat(life.skipped).isEqualTo(9);
    }

    @Test
    void aStalePictureHasNoIdAndMovesNothingOn() {
        AssertSubscriber<OutboundSseEvent> client = subscribe(stream, 10);

        stream.show(new Sight.Seen("{}", Optional.empty()));
        stream.show(new Sight.Unknown());
        stream.show(seen(103));

        assertThat(client.getItems())
                .extracting(OutboundSseEvent::getName)
                .containsExactly("realtime", "realtime", "unavailable", "realtime");
        assertThat(client.getItems().get(1).getId()).isNull();
        assertThat(client.getItems().get(3).getData().toString())
                .contains("\"messages\":101", "\"messages\":102");
    }

    @Test
    void endsWhenTheTokenDoesAndNotBefore() {
        AssertSubscriber<OutboundSseEvent> client = subscribe(stream, 10);

        stream.check(BEFORE);
        assertThat(client.getItems()).hasSize(1);
        stream.check(EXPIRES);

        client.assertCompleted();
        assertThat(client.getItems().getLast().getName()).isEqualTo("expired");
        assertThat(client.getItems().getLast().getData())
                .isEqualTo(
                        "{\"code\":\"unauthenticated\","
                                + "\"detail\":\"The token has ended: connect with a new one.\"}");
        assertThat(life.endings).containsExactly(Optional.of(Ending.EXPIRED));
    }

    @Test
    void nothingIsSaidAfterTheEnd() {
        AssertSubscriber<OutboundSseEvent> client = subscribe(stream, 10);
        stream.end(Ending.DRAINING);

        stream.show(seen(101));
        stream.end(Ending.GONE);
        pass(Duration.ofHours(1));
        stream.check(EXPIRES);

        assertThat(client.getItems())
                .extracting(OutboundSseEvent::getName)
                .containsExactly("realtime", "ended");
        assertThat(life.endings).containsExactly(Optional.of(Ending.DRAINING));
        assertThat(cuts).isZero();
    }

    @Test
    void aClientThatTakesNothingIsCutOff() {
        AssertSubscriber<OutboundSseEvent> client = subscribe(stream, 1);
        stream.show(seen(101));

        pass(config.patience().minusMillis(1));
        stream.check(BEFORE);
        assertThat(cuts).isZero();
        pass(Duration.ofMillis(1));
        stream.check(BEFORE);

        assertThat(cuts).isEqualTo(1);
        assertThat(life.endings).containsExactly(Optional.of(Ending.STUCK));
        assertThat(client.getItems()).hasSize(1);
    }

    @Test
    void oneThatWasOpenedAndNeverBegunIsGivenUp() {
        pass(config.patience());
        stream.check(BEFORE);

        assertThat(life.endings).containsExactly(Optional.of(Ending.STUCK));
    }

    @Test
    void oneThatIsEndedBeforeItBeginsSaysSoAndEnds() {
        stream.end(Ending.DRAINING);

        AssertSubscriber<OutboundSseEvent> client = subscribe(stream, 10);

        client.assertCompleted();
        assertThat(client.getItems())
                .extracting(OutboundSseEvent::getName)
                .containsExactly("ended");
        assertThat(life.begun).isZero();
        assertThat(life.endings).containsExactly(Optional.of(Ending.DRAINING));
    }

    @Test
    void aSilenceIsBrokenByAComment() {
        AssertSubscriber<OutboundSseEvent> client = subscribe(stream, 10);

        pass(config.heartbeat());
        stream.check(BEFORE);
        stream.check(BEFORE);

        assertThat(client.getItems()).hasSize(2);
        assertThat(client.getItems().getLast().getComment()).isNotEmpty();
        assertThat(client.getItems().getLast().getData()).isNull();
    }

    @Test
    void aClientThatLeavesGivesItsPlaceBackOnce() {
        AssertSubscriber<OutboundSseEvent> client = subscribe(stream, 10);

        client.cancel();
        stream.end(Ending.GONE);
        stream.breakOff();

        assertThat(life.endings).containsExactly(Optional.empty());
    }

    @Test
    void whoComesBackIsToldWhatItMissed() {
        AssertSubscriber<OutboundSseEvent> client = subscribe(stream(OptionalLong.of(97)), 10);

        assertThat(client.getItems().getFirst().getData().toString())
                .contains("\"messages\":98", "\"messages\":99")
                .doesNotContain("\"messages\":97", "\"messages\":100");
        assertThat(client.getItems().getFirst().getReconnectDelay()).isEqualTo(2_000);
    }

    private PictureStream stream(OptionalLong told) {
        return new PictureStream(
                new TenantAccess(
                        new UserPrincipal("ada", false, Set.of(TENANT), Role.VIEWER, EXPIRES),
                        TENANT,
                        Role.VIEWER,
                        false),
                told,
                new Wording(
                        new SseImpl(),
                        JsonConventions.apply(new ObjectMapper().registerModule(new Jdk8Module()))),
                config,
                nanos::get,
                () -> cuts++,
                life);
    }

    private static AssertSubscriber<OutboundSseEvent> subscribe(PictureStream to, long demand) {
        return to.events(seen(100)).subscribe().withSubscriber(AssertSubscriber.create(demand));
    }

    /**
     * The picture of a second, in each of which as many messages were sent as it is the so-many-th.
     */
    private static Sight.Seen seen(long second) {
        Map<Long, Traffic> seconds = new HashMap<>();
        for (long each = second - 50; each <= second; each++) {
            seconds.put(each, new Traffic(each, 0));
        }
        return new Sight.Seen(
                "{\"second\":" + second + "}",
                Optional.of(
                        new Track(
                                Rates.Source.TAP,
                                second - 50,
                                second,
                                new RecentSeconds(seconds))));
    }

    private void pass(Duration time) {
        nanos.addAndGet(time.toNanos());
    }
}
