package ai.artcafe.runtime.store;

import static org.assertj.core.api.Assertions.assertThat;

import ai.artcafe.model.flow.TapMode;
import ai.artcafe.model.identity.Slot;
import ai.artcafe.model.identity.TenantId;
import ai.artcafe.model.key.TenantKeys;
import ai.artcafe.model.plan.LimitOverrides;
import ai.artcafe.model.plan.Plan;
import ai.artcafe.model.plan.PlanLimits;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

class TenantRecordTest {

    private static final TenantRecord ACME =
            new TenantRecord(
                    new TenantId("acme"),
                    "Acme",
                    Plan.PROFESSIONAL,
                    new LimitOverrides(
                            Optional.of(PlanLimits.UNLIMITED),
                            Optional.empty(),
                            Optional.of(7L),
                            Optional.empty(),
                            Optional.of(0L),
                            Optional.of(2048),
                            Optional.of(false)),
                    Slot.number(7),
                    TapMode.FULL,
                    Instant.parse("2026-11-21T03:00:00.123Z"));

    @Test
    void itsOwnLimitsAreReadAsTheyWereWritten() {
        assertThat(TenantRecord.of(new Item(ACME.toItem()))).isEqualTo(ACME);
    }

    @Test
    void whetherItGoesBeyondTheDayIsItsOwnOrThePlans() {
        assertThat(ACME.allowsOverage()).isFalse();
        assertThat(plain(Plan.PROFESSIONAL).allowsOverage()).isTrue();
        assertThat(plain(Plan.FREE).allowsOverage()).isFalse();
    }

    @Test
    void oneThatIsDeletedIsStillARecord() {
        Map<String, AttributeValue> item = new HashMap<>(ACME.toItem());
        assertThat(TenantRecord.isDeleted(new Item(item))).isFalse();

        item.put(TenantKeys.DELETED_AT, AttributeValue.fromS("2026-11-21T04:00:00Z"));

        assertThat(TenantRecord.isDeleted(new Item(item))).isTrue();
        assertThat(TenantRecord.of(new Item(item))).isEqualTo(ACME);
    }

    private static TenantRecord plain(Plan plan) {
        return new TenantRecord(ACME.tenantId(), ACME.name(), plan, ACME.slot(), ACME.createdAt());
    }
}
