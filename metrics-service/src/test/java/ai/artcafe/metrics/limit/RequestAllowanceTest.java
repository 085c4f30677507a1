package ai.artcafe.metrics.limit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.artcafe.model.access.Role;
import ai.artcafe.model.identity.TenantId;
import ai.artcafe.model.problem.ErrorCode;
import ai.artcafe.model.problem.ProblemException;
import ai.artcafe.runtime.access.TenantAccess;
import ai.artcafe.runtime.access.UserPrincipal;
import java.time.Duration;
import java.time.Instant;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What requests take of the limits of {@link SmallLimits}. */
class RequestAllowanceTest {

    private final SteppedTime time = new SteppedTime();
    private final RateLimits limits = new RateLimits(new SmallLimits(), time);

    @Test
    void aUserMayAskSoOftenAtOnceAndThenInStep() {
        for (int i = 0; i < 3; i++) {
            ask("ada", "acme");
        }
        refused("user", "1", () -> ask("ada", "acme"));

        time.pass(Duration.ofSeconds(1));
        ask("ada", "acme");
        refused("user", "1", () -> ask("ada", "acme"));
    }

    @Test
    void aLimitOfNothingStopsTheStart() {
        RateLimitConfig nothing = new SmallLimits(true, 10, 0, 5);

        assertThatThrownBy(() -> new RateLimits(nothing, time))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("artcafe.metrics.rate-limit");
    }

    @Test
    void usersDoNotTakeFromEachOther() {
        for (int i = 0; i < 3; i++) {
            ask("ada", "acme");
        }
        assertThatCode(() -> ask("bob", "acme")).doesNotThrowAnyException();
    }

    @Test
    void theUsersOfATenantShareItsLimit() {
        for (String user : new String[] {"ada", "bob", "cyd", "dan", "eve"}) {
            ask(user, "acme");
        }
        refused("tenant", "1", () -> ask("fay", "acme"));
        assertThatCode(() -> ask("fay", "other")).doesNotThrowAnyException();
    }

    @Test
    void whatTheTenantRefusesCostsTheUserNothing() {
        for (String user : new String[] {"ada", "bob", "cyd", "dan", "eve"}) {
            ask(user, "acme");
        }
        for (int i = 0; i < 10; i++) {
            refused("tenant", "1", () -> ask("fay", "acme"));
        }
        for (int i = 0; i < 3; i++) {
            ask("fay", "other");
        }
    }

    @Test
    void aRequestPaysOnceHoweverOftenItAsks() {
        RequestAllowance request = new RequestAllowance(limits);
        for (int i = 0; i < 20; i++) {
            request.take(access("ada", "acme"));
        }
        ask("ada", "acme");
        ask("ada", "acme");
    }

    @Test
    void anExpensiveRequestTakesMore() {
        ask("ada", "acme", 2);
        refused("user", "1", () -> ask("ada", "acme", 2));
        ask("ada", "acme", 1);
    }

    @Test
    void oneThatCostsMoreThanFitsTakesAllAndIsNotRefusedForEver() {
        ask("ada", "acme", 1_000);
        refused("user", "3", () -> ask("ada", "acme", 1_000));
        time.pass(Duration.ofSeconds(5));
        ask("ada", "acme", 1_000);
    }

    @Test
    void withoutLimitsNothingIsRefusedNorTold() {
        RateLimits none = new RateLimits(new SmallLimits(false, 100, 1, 1), time);
        for (int i = 0; i < 100; i++) {
            RequestAllowance request = new RequestAllowance(none);
            request.take(access("ada", "acme"));
            assertThat(request.takes()).isEmpty();
        }
    }

    @Test
    void whoIsForgottenBeginsAnewAndNoMoreAreRememberedThanMayBe() {
        RateLimits few = new RateLimits(new SmallLimits(true, 10, 1, 1_000_000), time);
        for (int i = 0; i < 10_000; i++) {
            new RequestAllowance(few).takeForAddress("10.0." + i / 256 + "." + i % 256);
        }
        assertThat(few.remembered()).isLessThanOrEqualTo(10);
    }

    @ParameterizedTest
    @CsvSource({
        "192.0.2.7, 192.0.2.7",
        "2001:db8:1:2:3:4:5:6, 20010db800010002",
        "2001:db8:1:2::ffff, 20010db800010002",
        "fe80::1%eth0, fe80000000000000",
        "::ffff:192.0.2.7, 192.0.2.7",
        "unknown:, unknown:"
    })
    void whoHasOneAddressOfAnIpv6NetworkHasAll(String address, String network) {
        assertThat(CallerNetwork.of(address)).isEqualTo(network);
    }

    private void ask(String user, String tenant) {
        ask(user, tenant, 1);
    }

    private void ask(String user, String tenant, int cost) {
        RequestAllowance request = new RequestAllowance(limits);
        request.costs(cost);
        request.take(access(user, tenant));
    }

    private static void refused(String limit, String retryAfter, Runnable request) {
        assertThatThrownBy(request::run)
                .isInstanceOfSatisfying(
                        ProblemException.class,
                        problem -> {
                            assertThat(problem.code()).isEqualTo(ErrorCode.RATE_LIMITED);
                            assertThat(problem.members())
                                    .containsEntry("limit", limit)
                                    .containsEntry("retry_after", retryAfter);
                        });
    }

    private static TenantAccess access(String user, String tenant) {
        TenantId id = new TenantId(tenant);
        return new TenantAccess(
                new UserPrincipal(user, false, Set.of(id), Role.VIEWER, Instant.MAX),
                id,
                Role.VIEWER,
                false);
    }
}
