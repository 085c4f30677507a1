package ai.artcafe.metrics.usage.export;

import ai.artcafe.metrics.answer.Answer;
import ai.artcafe.metrics.usage.Amount;
import ai.artcafe.metrics.usage.UsageRange;
import ai.artcafe.model.identity.TenantId;
import ai.artcafe.model.plan.Tier;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import java.time.Instant;
import java.util.Optional;

/**
 * What a file of usage is.
 *
 * @param asOf the latest reading of the ledger
 * @param completeThrough nothing before it is missing
 * @param stale whether a store is away and this is the last known answer; left out when not
 * @param period what the file is about: what was asked for, cut where it is not settled
 * @param settledThrough up to where files can be had
 * @param url under which exactly this file can be had, as long as it is not corrected
 * @param etag of the file, for {@code If-Range} and {@code If-Match}
 * @param rowCount of data, the header not among them
 * @param bytes how long it is
 * @param sha256 of all its bytes, in hexadecimal
 * @param totals what its rows add up to
 * @param ledger what {@code /usage/stats} says of the same time
 * @param difference the totals less those: all zero is the rule
 */
public record ExportManifest(
        TenantId tenantId,
        Tier tier,
        @JsonInclude(JsonInclude.Include.ALWAYS) Optional<Instant> asOf,
        @JsonInclude(JsonInclude.Include.ALWAYS) Optional<Instant> completeThrough,
        @JsonInclude(JsonInclude.Include.NON_DEFAULT) boolean stale,
        UsageRange period,
        Instant settledThrough,
        String url,
        String fileName,
        String etag,
        @JsonProperty("rows") long rowCount,
        long bytes,
        String sha256,
        Amount totals,
        Amount ledger,
        Amount difference)
        implements Answer<ExportManifest> {

    static ExportManifest of(Tier tier, ExportFile file, Layout layout, String url) {
        return new ExportManifest(
                file.plan().request().tenant(),
                tier,
                file.freshness().asOf(),
                file.freshness().completeThrough(),
                false,
                file.plan().range(),
                file.plan().settledThrough(),
                url,
                file.plan().fileName(),
                file.quotedTag().orElseThrow(),
                layout.rows(),
                layout.bytes(),
                layout.sha256(),
                layout.totals(),
                file.ledger(),
                layout.totals().minus(file.ledger()));
    }

    @Override
    public ExportManifest asStale() {
        return new ExportManifest(
                tenantId,
                tier,
                asOf,
                completeThrough,
                true,
                period,
                settledThrough,
                url,
                fileName,
                etag,
                rowCount,
                bytes,
                sha256,
                totals,
                ledger,
                difference);
    }

    @Override
    public int rows() {
        return 1;
    }
}
