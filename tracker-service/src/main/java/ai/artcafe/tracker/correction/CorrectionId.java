package ai.artcafe.tracker.correction;

import ai.artcafe.model.identity.TenantId;
import java.util.Optional;
import java.util.regex.Pattern;

/** A correction, unique within its tenant for all time. */
public record CorrectionId(TenantId tenant, String id) {

    private static final Pattern VALID = Pattern.compile("[a-z0-9][a-z0-9-]{0,62}");

    /**
     * @throws IllegalArgumentException when the text is not an id
     */
    public CorrectionId {
        if (!VALID.matcher(id).matches()) {
            throw new IllegalArgumentException(
                    "correction_id must be [a-z0-9][a-z0-9-]{0,62}, but is " + id);
        }
    }

    static Optional<CorrectionId> parse(TenantId tenant, String id) {
        return VALID.matcher(id).matches()
                ? Optional.of(new CorrectionId(tenant, id))
                : Optional.empty();
    }

    /** What the ledger books it under. */
    String cause() {
        return "c:" + id;
    }

    @Override
    public String toString() {
        return tenant + "/" + id;
    }
}
