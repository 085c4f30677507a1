package ai.artcafe.metrics.answer;

import static ai.artcafe.metrics.testing.TestClock.NOW;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.emptyString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.not;

import ai.artcafe.metrics.store.Slice;
import ai.artcafe.metrics.store.UsageOwner.OfTenant;
import ai.artcafe.metrics.testing.Books;
import ai.artcafe.metrics.testing.SharedStores;
import ai.artcafe.metrics.testing.Visitor;
import ai.artcafe.model.identity.TenantId;
import ai.artcafe.model.plan.Plan;
import ai.artcafe.model.usage.Period;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.time.Instant;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

@QuarkusTest
@QuarkusTestResource(SharedStores.class)
class RevalidationIT {

    private static final String STATS = "/api/v1/usage/stats";
    private static final TenantId TENANT = new TenantId("revalidation-acme");

    private final Visitor visitor = new Visitor(SharedStores.stack());

    @Inject Books books;

    @BeforeEach
    void aTenant() {
        books.tenant(TENANT, Plan.ENTERPRISE);
        books.nothingRead();
        used(1);
    }

    @Test
    void sendsNothingToWhoHasItAlready() {
        visitor.of(TENANT)
                .header("If-None-Match", tag())
                .get(STATS)
                .then()
                .statusCode(304)
                .header("ETag", tag())
                .header("Cache-Control", "private, no-cache")
                .body(emptyString());
    }

    @Test
    void sendsWhatHasChanged() {
        String before = tag();
        used(2);

        visitor.of(TENANT)
                .header("If-None-Match", before)
                .get(STATS)
                .then()
                .statusCode(200)
                .header("ETag", not(before))
                .body("published.messages", equalTo(2));
    }

    @Test
    void knowsThatATimeThatIsOverAndSettledIsStillTheSame() {
        String october = STATS + "?from=2026-10-01&to=2026-11-01";
        books.readThrough("n:SERVER", NOW);
        String before = visitor.of(TENANT).get(october).header("ETag");
        String today = tag();
        books.readThrough("n:SERVER", NOW.plusSeconds(1));

        visitor.of(TENANT).header("If-None-Match", before).get(october).then().statusCode(304);
        visitor.of(TENANT).header("If-None-Match", today).get(STATS).then().statusCode(200);
        books.rollup(
                new OfTenant(TENANT),
                new Slice(Period.MONTHLY, Instant.parse("2026-10-01T00:00:00Z")),
                Books.totals(5),
                2);
        visitor.of(TENANT)
                .header("If-None-Match", before)
                .get(october)
                .then()
                .statusCode(200)
                .body("published.messages", equalTo(5));
    }

    @Test
    void doesNotTakeATimeForSettledOfWhichSomethingIsMissing() {
        String october = STATS + "?from=2026-10-01&to=2026-11-01";
        books.nothingRead();
        String unknown = visitor.of(TENANT).get(october).header("ETag");
        books.readThrough("n:SERVER", Instant.parse("2026-10-31T12:00:00Z"));
        String behind = visitor.of(TENANT).get(october).header("ETag");
        books.readThrough("n:SERVER", NOW);

        visitor.of(TENANT).header("If-None-Match", unknown).get(october).then().statusCode(200);
        visitor.of(TENANT).header("If-None-Match", behind).get(october).then().statusCode(200);
    }

    @Test
    void saysWhatItDependsOn() {
        assertThat(visitor.of(TENANT).get(STATS).headers().getValues("Vary"))
                .contains("Authorization, X-Tenant-Id");
    }

    @Test
    void saysOnceHowLongItMayBeKept() {
        assertThat(visitor.of(TENANT).get(STATS).headers().getValues("Cache-Control"))
                .containsExactly("private, no-cache");
    }

    @Test
    void keepsNoErrors() {
        visitor.of(TENANT)
                .get(STATS + "?from=never")
                .then()
                .statusCode(400)
                .header("Cache-Control", "no-store");
    }

    private String tag() {
        return visitor.of(TENANT).get(STATS).header("ETag");
    }

    private void used(long messages) {
        books.live(
                new OfTenant(TENANT),
                Slice.containing(Period.DAILY, NOW),
                Books.totals(messages),
                messages);
    }
}
