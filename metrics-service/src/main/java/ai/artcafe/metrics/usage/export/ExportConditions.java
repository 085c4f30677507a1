package ai.artcafe.metrics.usage.export;

import ai.artcafe.model.problem.ErrorCode;
import jakarta.ws.rs.core.HttpHeaders;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * What a request says about the file that it is for; by strong comparison, as bytes are at stake.
 *
 * @param isKnown whether the client has the file already
 * @param isMatch whether it is the one that the client will have, if it said so
 * @param range the bytes that may be given out for themselves; empty for all
 */
record ExportConditions(boolean isKnown, boolean isMatch, Optional<ByteSpan.Asked> range) {

    private static final String ANY = "*";

    static ExportConditions of(HttpHeaders headers, ExportFile file) {
        List<String> ifMatch = values(headers, HttpHeaders.IF_MATCH);
        return new ExportConditions(
                isAmong(file, values(headers, HttpHeaders.IF_NONE_MATCH)),
                ifMatch.isEmpty() || isAmong(file, ifMatch),
                header(headers, "Range")
                        .flatMap(ByteSpan.Asked::parse)
                        .filter(_ -> file.tag().isPresent())
                        .filter(_ -> isOfThisFile(headers, file, ifMatch)));
    }

    /** Without a condition only where the same request can be of no other time. */
    private static boolean isOfThisFile(
            HttpHeaders headers, ExportFile file, List<String> ifMatch) {
        return header(headers, "If-Range")
                .map(tag -> file.quotedTag().filter(tag.strip()::equals).isPresent())
                .orElseGet(() -> !ifMatch.isEmpty() || file.plan().isPinned());
    }

    private static boolean isAmong(ExportFile file, List<String> tags) {
        return tags.stream()
                .anyMatch(
                        tag -> tag.equals(ANY) || file.quotedTag().filter(tag::equals).isPresent());
    }

    private static List<String> values(HttpHeaders headers, String name) {
        return Optional.ofNullable(headers.getRequestHeader(name)).stream()
                .flatMap(List::stream)
                .flatMap(line -> Arrays.stream(line.split(",", -1)))
                .map(String::strip)
                .toList();
    }

    private static Optional<String> header(HttpHeaders headers, String name) {
        return Optional.ofNullable(headers.getHeaderString(name));
    }

    /**
     * @throws ai.artcafe.model.problem.ProblemException {@code precondition_failed}
     */
    void requireMatch() {
        if (!isMatch) {
            throw ErrorCode.PRECONDITION_FAILED.because(
                    "What the file is made of has been corrected, or more has been settled since:"
                            + " begin anew.");
        }
    }
}
