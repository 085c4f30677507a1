package ai.artcafe.tracker.correction;

import ai.artcafe.model.identity.AgentId;
import ai.artcafe.model.identity.TenantId;
import ai.artcafe.model.problem.ErrorCode;
import ai.artcafe.model.problem.ProblemException;
import ai.artcafe.model.usage.BillingPeriod;
import ai.artcafe.model.usage.Period;
import ai.artcafe.model.usage.Traffic;
import java.time.Instant;
import java.time.YearMonth;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeParseException;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.UUID;

/**
 * What a request to correct says.
 *
 * @param correctionId made up when it is missing; the same again is the same correction
 * @param agentId whose usage; nobody's in particular when it is missing
 * @param period a month, {@code 202611}; the present one when it is missing
 * @param messages negative to take off
 * @param bytes negative to take off
 * @param reason for people, the tenant's among them
 */
record NewCorrection(
        Optional<String> correctionId,
        Optional<AgentId> agentId,
        Optional<String> period,
        OptionalLong messages,
        OptionalLong bytes,
        Optional<String> reason) {

    static final long MOST_MESSAGES = 1_000_000_000_000L;
    static final long MOST_BYTES = 1_000_000_000_000_000L;
    private static final int LONGEST_REASON = 500;

    /** How long totals are kept. */
    private static final int MONTHS_KEPT = 13;

    /**
     * @throws ProblemException {@code invalid_request} with the {@code field}
     */
    Proposal proposal(TenantId tenant, String operator, Instant now) {
        return new Proposal(
                id(tenant), agentId, billingPeriod(now), amount(), checkedReason(), operator, now);
    }

    private CorrectionId id(TenantId tenant) {
        return correctionId
                .map(id ->
                        CorrectionId.parse(tenant, id)
                                .orElseThrow(() ->
                                        invalid(
                                                "correction_id",
                                                "correction_id must be lower-case letters, digits"
                                                        + " and '-', 1 to 63 of them")))
                .orElseGet(() -> new CorrectionId(tenant, UUID.randomUUID().toString()));
    }

    private BillingPeriod billingPeriod(Instant now) {
        BillingPeriod present = BillingPeriod.containing(now);
        BillingPeriod named = period.map(NewCorrection::month).orElse(present);
        Instant kept =
                Period.MONTHLY.start(
                        now.atZone(ZoneOffset.UTC).minusMonths(MONTHS_KEPT - 1).toInstant());
        if (named.start().isAfter(present.start()) || named.start().isBefore(kept)) {
            throw invalid(
                    "period",
                    "period must be one of the last " + MONTHS_KEPT + " months or the present one");
        }
        return named;
    }

    private static BillingPeriod month(String label) {
        try {
            return new BillingPeriod(
                    YearMonth.parse(label, DateTimeFormatter.ofPattern("uuuuMM"))
                            .atDay(1)
                            .atStartOfDay(ZoneOffset.UTC)
                            .toInstant());
        } catch (DateTimeParseException _) {
            throw invalid("period", "period must be a month: 202611");
        }
    }

    private Traffic amount() {
        Traffic amount =
                new Traffic(
                        bounded("messages", messages, MOST_MESSAGES),
                        bounded("bytes", bytes, MOST_BYTES));
        if (amount.equals(Traffic.NONE)) {
            throw invalid("messages", "messages and bytes must not both be zero");
        }
        if (Long.signum(amount.messages()) * Long.signum(amount.bytes()) < 0) {
            throw invalid(
                    "bytes", "messages and bytes must both be added, or both be taken off");
        }
        return amount;
    }

    private static long bounded(String field, OptionalLong value, long most) {
        long number = value.orElseThrow(() -> invalid(field, field + " is missing"));
        if (number < -most || number > most) {
            throw invalid(field, field + " must be -" + most + " to " + most);
        }
        return number;
    }

    private String checkedReason() {
        String text = reason.orElseThrow(() -> invalid("reason", "reason is missing")).strip();
        if (text.isEmpty()
                || text.length() > LONGEST_REASON
                || text.chars().anyMatch(Character::isISOControl)) {
            throw invalid(
                    "reason",
                    "reason must have 1 to " + LONGEST_REASON + " characters, no control characters");
        }
        return text;
    }

    private static ProblemException invalid(String field, String detail) {
        return new ProblemException(ErrorCode.INVALID_REQUEST, detail, Map.of("field", field));
    }
}
