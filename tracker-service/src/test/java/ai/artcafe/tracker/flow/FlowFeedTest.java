package ai.artcafe.tracker.flow;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import ai.artcafe.model.flow.Flow;
import ai.artcafe.model.flow.Ranking;
import ai.artcafe.model.flow.TapMode;
import ai.artcafe.model.identity.Slot;
import ai.artcafe.model.identity.TenantId;
import ai.artcafe.model.subject.SubjectScheme;
import ai.artcafe.model.usage.Traffic;
import ai.artcafe.runtime.testing.TestClock;
import ai.artcafe.tracker.Settings;
import ai.artcafe.tracker.reconcile.SlotMap;
import ai.artcafe.tracker.reconcile.SlotOwners;
import ai.artcafe.tracker.reconcile.Tenancy;
import ai.artcafe.tracker.tap.SlotWindow;
import ai.artcafe.tracker.tap.TapDetail;
import ai.artcafe.tracker.tap.TapWindow;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class FlowFeedTest {

    private static final TenantId ACME = new TenantId("acme");
    private static final Slot SLOT = Slot.number(1);
    private static final Instant MINUTE = Instant.parse("2026-11-21T10:05:00Z");

    private final TestClock clock = new TestClock(MINUTE);
    private final Map<Slot, Tenancy> tenants = new HashMap<>();
    private final SlotMap slots =
            new SlotMap(
                    new SlotOwners() {
                        @Override
                        public Map<Slot, TenantId> owners() {
                            return tenants.entrySet().stream()
                                    .collect(
                                            Collectors.toMap(
                                                    Map.Entry::getKey,
                                                    entry -> entry.getValue().tenant()));
                        }

                        @Override
                        public Map<Slot, Tenancy> tenancies() {
                            return tenants;
                        }
                    },
                    clock);
    private final FlowsInMemory store = new FlowsInMemory();
    private final FlowFeed feed = feed("one");
    private Instant cutAt = MINUTE;

    private FlowFeed feed(String tracker) {
        return new FlowFeed(
                store,
                new FlowFeed.Source(tracker, slots, () -> true),
                SubjectScheme.standard(),
                Settings.of(FlowFeedConfig.class),
                clock);
    }

    private void place(TenantId tenant) {
        tenants.put(SLOT, new Tenancy(tenant, TapMode.FULL));
        slots.refresh();
    }

    private void pass(Duration time) {
        clock.advance(time);
        slots.refresh();
    }

    private void window(FlowFeed to, Traffic messages, TapDetail detail) {
        Instant from = cutAt;
        pass(Duration.ofMillis(250));
        cutAt = clock.instant();
        to.take(
                new TapWindow(
                        from,
                        cutAt,
                        Map.of(SLOT, new SlotWindow(messages, Traffic.NONE, List.of(detail)))));
    }

    private static TapDetail detail(String... subjects) {
        int count = subjects.length;
        return new TapDetail(
                count,
                subjects,
                IntStream.range(0, count).map(_ -> 10).toArray(),
                IntStream.range(0, count).map(_ -> 1).toArray(),
                IntStream.range(0, count).map(i -> i % 2 == 0 ? 5 : TapDetail.UNKNOWN).toArray(),
                0);
    }

    private Flow written() {
        return store.flow(ACME, MINUTE);
    }

    @Test
    void what_was_seen_is_written_by_tenant_second_and_minute() {
        place(ACME);
        window(
                feed,
                new Traffic(6, 60),
                detail(
                        "S0001.tenant.acme.tasks.new",
                        "S0001.acme.tasks.new",
                        "S0001.tenant.acme.channel.news",
                        "S0001.tenant.acme.channel.news.sub",
                        "S0001._INBOX.abc.1",
                        "S0001.tenant.globex.x"));
        pass(Duration.ofSeconds(1));
        feed.write();

        Flow flow = written();
        assertThat(flow.messages()).isEqualTo(6);
        assertThat(flow.bytes()).isEqualTo(60);
        assertThat(flow.inspected()).isEqualTo(6);
        assertThat(flow.subjects().top(9))
                .extracting(Ranking.Entry::item)
                .containsExactlyInAnyOrder(
                        "tasks.new",
                        "channel.news",
                        "channel.news.sub",
                        "_INBOX",
                        "tenant.globex.x");
        assertThat(flow.channels().top(9)).containsExactly(new Ranking.Entry("news", 2, 2));
        assertThat(flow.distinctSubjects().estimate()).isEqualTo(4);
        assertThat(flow.latency().count()).isEqualTo(3);
        assertThat(flow.sizes().count()).isEqualTo(6);
        assertThat(store.seconds(ACME, MINUTE)).isEqualTo(Map.of(0, new Traffic(6, 60)));
    }

    @Test
    void to_write_again_changes_nothing_and_what_failed_is_not_lost() {
        place(ACME);
        window(feed, new Traffic(1, 1), detail("S0001.acme.x"));
        store.isAway = true;
        feed.write();
        window(feed, new Traffic(2, 2), TapDetail.NONE);
        feed.write();
        assertThat(feed.toldThrough()).isEqualTo(Instant.EPOCH);
        store.isAway = false;
        feed.write();
        feed.write();

        assertThat(written().messages()).isEqualTo(3);
        assertThat(store.seconds(ACME, MINUTE)).isEqualTo(Map.of(0, new Traffic(3, 3)));
        assertThat(feed.toldThrough()).isEqualTo(cutAt);
        assertThat(feed.lost()).isZero();
    }

    @Test
    void minutes_that_wait_too_long_are_lost_and_counted() {
        place(ACME);
        store.isAway = true;
        for (int minute = 0; minute < 5; minute++) {
            cutAt = MINUTE.plus(Duration.ofMinutes(minute));
            clock.set(cutAt);
            window(feed, new Traffic(1, 1), TapDetail.NONE);
            feed.write();
        }
        store.isAway = false;
        feed.write();

        assertThat(feed.lost()).isEqualTo(2);
        assertThat(store.minutes()).isEqualTo(3);
    }

    @Test
    void two_trackers_share_one_picture() {
        place(ACME);
        FlowFeed other = feed("two");
        window(feed, new Traffic(3, 30), detail("S0001.acme.x"));
        window(other, new Traffic(4, 40), detail("S0001.acme.y"));
        feed.write();
        other.write();

        assertThat(written().messages()).isEqualTo(7);
        assertThat(written().subjects().top(5)).hasSize(2);
        assertThat(store.seconds(ACME, MINUTE)).isEqualTo(Map.of(0, new Traffic(7, 70)));
    }

    @Test
    void a_new_tenants_first_messages_wait_for_its_name() {
        slots.refresh();
        window(feed, new Traffic(1, 1), detail("S0001.acme.x"));
        tenants.put(SLOT, new Tenancy(ACME, TapMode.FULL));
        window(feed, new Traffic(1, 1), detail("S0001.acme.x"));
        window(feed, new Traffic(1, 1), detail("S0001.acme.x"));
        window(feed, new Traffic(1, 1), detail("S0001.acme.x"));
        feed.write();

        assertThat(Duration.between(MINUTE, clock.instant())).isEqualTo(Duration.ofSeconds(1));
        assertThat(written().messages()).isEqualTo(4);
        assertThat(feed.unknown()).isZero();
    }

    @Test
    void what_is_in_nobodys_slot_is_counted_and_let_go() {
        for (int i = 0; i < 40; i++) {
            window(feed, new Traffic(1, 1), detail("S0001.acme.x"));
        }

        assertThat(feed.unknown()).isBetween(18L, 22L);
    }

    @Test
    void a_million_distinct_subjects_take_little_room() {
        place(ACME);
        for (int i = 0; i < 400; i++) {
            int from = i * 2500;
            window(
                    feed,
                    new Traffic(2500, 25_000),
                    detail(
                            IntStream.range(from, from + 2500)
                                    .mapToObj(n -> "S0001.acme.room." + n)
                                    .toArray(String[]::new)));
            feed.write();
        }
        pass(Duration.ofSeconds(1));
        feed.write();

        Flow all = new Flow();
        all.merge(store.flow(ACME, MINUTE));
        all.merge(store.flow(ACME, MINUTE.plusSeconds(60)));
        assertThat(all.messages()).isEqualTo(1_000_000);
        assertThat(all.distinctSubjects().estimate() / 1e6).isCloseTo(1, within(0.1));
        assertThat(all.toBytes()).hasSizeLessThan(32 * 1024);
    }

    @Test
    void the_last_words_are_written_at_the_end() {
        place(ACME);
        window(feed, new Traffic(1, 1), TapDetail.NONE);
        feed.write();
        window(feed, new Traffic(1, 1), TapDetail.NONE);
        feed.close();

        assertThat(written().messages()).isEqualTo(2);
        assertThat(store.told()).isEmpty();
    }
}
