package ai.artcafe.metrics.usage.export;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Bytes of a file.
 *
 * @param first the first, from 0
 * @param last the last
 */
record ByteSpan(long first, long last) {

    private static final Pattern ONE_RANGE = Pattern.compile("bytes=(\\d{0,18})-(\\d{0,18})");

    /** What a header {@code Range} asks for, whatever the file. */
    record Asked(Optional<Long> first, Optional<Long> last) {

        /** Empty when it is in a form that is not served: then all is, as RFC 9110 has it. */
        static Optional<Asked> parse(String header) {
            Matcher range = ONE_RANGE.matcher(header.strip());
            if (!range.matches()) {
                return Optional.empty();
            }
            Optional<Long> first = number(range.group(1));
            Optional<Long> last = number(range.group(2));
            boolean isNone = first.isEmpty() && last.isEmpty();
            boolean isBackward =
                    first.isPresent() && last.filter(end -> end < first.get()).isPresent();
            return isNone || isBackward ? Optional.empty() : Optional.of(new Asked(first, last));
        }

        private static Optional<Long> number(String text) {
            return text.isEmpty() ? Optional.empty() : Optional.of(Long.parseLong(text));
        }

        /** Those of a file of that length; empty when it has none of them. */
        Optional<ByteSpan> of(long length) {
            long begin = first.orElseGet(() -> Math.max(0, length - last.orElseThrow()));
            long end = first.isEmpty() ? length - 1 : Math.min(length - 1, last.orElse(length - 1));
            return begin > end ? Optional.empty() : Optional.of(new ByteSpan(begin, end));
        }
    }

    /** All of a file of that length. */
    static ByteSpan all(long length) {
        return new ByteSpan(0, length - 1);
    }

    long length() {
        return last - first + 1;
    }

    /** {@code Content-Range} in a file of that length. */
    String contentRange(long length) {
        return "bytes " + first + "-" + last + "/" + length;
    }
}
