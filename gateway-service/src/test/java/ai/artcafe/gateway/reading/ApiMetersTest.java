package ai.artcafe.gateway.reading;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import ai.artcafe.model.identity.Attribution;
import ai.artcafe.model.identity.TenantId;
import ai.artcafe.model.usage.Counters;
import ai.artcafe.model.usage.GatewayReadings;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class ApiMetersTest {

    private static final TenantId ACME = new TenantId("acme");

    private final AtomicReference<Instant> now = new AtomicReference<>(Instant.ofEpochMilli(5000));
    private final SocketReadings readings = new SocketReadings();
    private final ApiMeters api = new ApiMeters(readings, new TestClock());

    @Test
    void allOfATenantIsOneReadingInItsName() {
        api.published(ACME, 7);
        api.published(ACME, 3);
        api.delivered(ACME, 5);
        api.control(ACME, 2);
        api.published(new TenantId("rival"), 1);

        assertThat(of(ACME))
                .singleElement()
                .satisfies(reading -> {
                    assertThat(reading.agentId()).isEqualTo(new Attribution.Api(ACME));
                    assertThat(reading.counters()).isEqualTo(new Counters(2, 10, 1, 5, 1, 2));
                    assertThat(reading.last()).isFalse();
                });
    }

    @Test
    void oneThatRestsIsClosedAndTheNextCountsAnew() {
        api.published(ACME, 7);
        pass(ApiMeters.IDLE.minusMillis(1));
        api.closeIdle();
        assertThat(of(ACME)).noneMatch(GatewayReadings.Socket::last);
        pass(Duration.ofMillis(1));
        api.closeIdle();
        api.published(ACME, 3);

        assertThat(of(ACME))
                .extracting(reading -> reading.counters().inBytes(), GatewayReadings.Socket::last)
                .containsExactlyInAnyOrder(tuple(7L, true), tuple(3L, false));
    }

    @Test
    void nothingIsLostOfWhatManyCountWhileItIsBeingClosed() {
        IntStream.range(0, 4)
                .mapToObj(_ ->
                        Thread.startVirtualThread(() -> {
                            for (int i = 0; i < 2_000; i++) {
                                api.published(ACME, 1);
                                if (i % 100 == 0) {
                                    api.closeAll();
                                }
                            }
                        }))
                .toList()
                .forEach(ApiMetersTest::join);

        assertThat(of(ACME).stream().mapToLong(reading -> reading.counters().inMessages()).sum())
                .isEqualTo(8_000);
    }

    private List<GatewayReadings.Socket> of(TenantId tenant) {
        return readings.unacknowledged().stream()
                .filter(reading -> reading.tenantId().equals(tenant))
                .collect(Collectors.toList());
    }

    private void pass(Duration time) {
        now.updateAndGet(at -> at.plus(time));
    }

    private static void join(Thread thread) {
        try {
            thread.join();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    private final class TestClock extends Clock {
        @Override
        public ZoneId getZone() {
            return ZoneOffset.UTC;
        }

        @Override
        public Clock withZone(ZoneId zone) {
            return this;
        }

        @Override
        public Instant instant() {
            return now.get();
        }
    }
}
