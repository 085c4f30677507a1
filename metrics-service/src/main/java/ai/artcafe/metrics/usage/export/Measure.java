package ai.artcafe.metrics.usage.export;

import ai.artcafe.metrics.usage.Amount;
import ai.artcafe.metrics.usage.export.Layout.Checkpoint;
import ai.artcafe.model.identity.Attribution;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;

/** Takes down what a file is while it is made from its beginning. Not thread-safe. */
final class Measure {

    /** How far checkpoints are apart at least. */
    private static final long STRIDE = 1 << 20;

    private final MessageDigest digest;
    private final List<Checkpoint> checkpoints = new ArrayList<>();
    private Amount totals = Amount.NONE;
    private long rows;
    private long bytes;

    Measure() {
        try {
            this.digest = MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }

    void beginning(byte[] written) {
        digest.update(written);
        bytes += written.length;
    }

    void part(Part part, byte[] written) {
        digest.update(written);
        bytes += written.length;
        rows += part.rows().size();
        for (UsageRow row : part.rows()) {
            totals = totals.plus(row.totals());
        }
        part.last().ifPresent(this::checkpoint);
    }

    private void checkpoint(Attribution last) {
        long before = checkpoints.isEmpty() ? 0 : checkpoints.getLast().offset();
        if (bytes - before >= STRIDE) {
            checkpoints.add(new Checkpoint(bytes, Optional.of(last)));
        }
    }

    /** Once, at the end. */
    Layout layout() {
        return new Layout(
                rows, bytes, HexFormat.of().formatHex(digest.digest()), totals, checkpoints);
    }
}
