package ai.artcafe.tracker.correction;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.artcafe.model.identity.AgentId;
import ai.artcafe.model.identity.TenantId;
import ai.artcafe.model.problem.ProblemException;
import ai.artcafe.model.usage.Traffic;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;

class ProposalTest {

    private static final TenantId TENANT = new TenantId("acme");
    private static final Instant NOW = Instant.parse("2026-11-02T10:00:00Z");
    private static final Duration GRACE = Duration.ofHours(72);

    @Test
    void is_booked_now_in_the_present_period() {
        Proposal proposal = of(Optional.empty()).proposal(TENANT, "ada", NOW);

        assertThat(proposal.period().label()).isEqualTo("202611");
        assertThat(proposal.bookingTime(NOW, GRACE)).isEqualTo(NOW);
        assertThat(proposal.reference(NOW, GRACE)).isEmpty();
    }

    @Test
    void is_booked_in_its_own_period_as_long_as_that_takes_anything_in() {
        Proposal proposal = of(Optional.of("202610")).proposal(TENANT, "ada", NOW);

        assertThat(proposal.bookingTime(NOW, GRACE))
                .isEqualTo(Instant.parse("2026-10-31T23:59:59.999Z"));
        assertThat(proposal.reference(NOW, GRACE)).isEmpty();
    }

    @Test
    void is_booked_in_the_present_period_with_a_reference_once_its_own_is_closed() {
        Instant later = Instant.parse("2026-11-04T00:00:00Z");
        Proposal proposal = of(Optional.of("202610")).proposal(TENANT, "ada", NOW);

        assertThat(proposal.bookingTime(later, GRACE)).isEqualTo(later);
        assertThat(proposal.reference(later, GRACE)).contains("202610");
    }

    @Test
    void refuses_what_makes_no_sense() {
        refused("period", of(Optional.of("202612")));
        refused("period", of(Optional.of("202510")));
        refused("period", of(Optional.of("november")));
        refused("messages", amount(OptionalLong.empty(), OptionalLong.of(1)));
        refused("messages", amount(OptionalLong.of(0), OptionalLong.of(0)));
        refused("bytes", amount(OptionalLong.of(1), OptionalLong.of(-1)));
        refused("messages", amount(OptionalLong.of(Long.MIN_VALUE), OptionalLong.of(0)));
        refused(
                "bytes",
                amount(OptionalLong.of(1), OptionalLong.of(NewCorrection.MOST_BYTES + 1)));
        refused("reason", reason(Optional.empty()));
        refused("reason", reason(Optional.of("  ")));
        refused("reason", reason(Optional.of("x".repeat(501))));
        refused("reason", reason(Optional.of("two\nlines")));
        refused(
                "correction_id",
                new NewCorrection(
                        Optional.of("Not an id"),
                        Optional.empty(),
                        Optional.empty(),
                        OptionalLong.of(1),
                        OptionalLong.of(1),
                        Optional.of("because")));
    }

    private static void refused(String field, NewCorrection request) {
        assertThatThrownBy(() -> request.proposal(TENANT, "ada", NOW))
                .isInstanceOfSatisfying(
                        ProblemException.class,
                        problem ->
                                assertThat(problem.members().get("field")).isEqualTo(field));
    }

    private static NewCorrection of(Optional<String> period) {
        return new NewCorrection(
                Optional.of("c1"),
                Optional.of(new AgentId("agent-7")),
                period,
                OptionalLong.of(-5),
                OptionalLong.of(-500),
                Optional.of("counted twice"));
    }

    private static NewCorrection amount(OptionalLong messages, OptionalLong bytes) {
        return new NewCorrection(
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                messages,
                bytes,
                Optional.of("because"));
    }

    private static NewCorrection reason(Optional<String> reason) {
        return new NewCorrection(
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                OptionalLong.of(1),
                OptionalLong.of(1),
                reason);
    }

    @Test
    void a_repeated_proposal_is_the_same_whenever_it_comes() {
        Proposal proposal = of(Optional.empty()).proposal(TENANT, "ada", NOW);
        Proposal again = of(Optional.empty()).proposal(TENANT, "ada", NOW.plusSeconds(9));

        assertThat(proposal.isSameAs(again)).isTrue();
        assertThat(proposal.amount()).isEqualTo(new Traffic(-5, -500));
        assertThat(proposal.isSameAs(of(Optional.empty()).proposal(TENANT, "bob", NOW))).isFalse();
    }
}
