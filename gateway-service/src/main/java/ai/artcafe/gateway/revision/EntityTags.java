package ai.artcafe.gateway.revision;

import ai.artcafe.model.problem.ErrorCode;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** What {@code If-Match} or {@code If-None-Match} names: nothing, anything, or some states. */
public sealed interface EntityTags {

    /** The header is not there. */
    record Absent() implements EntityTags {}

    /** {@code *}. */
    record Any() implements EntityTags {}

    /**
     * @param strong quotes and all
     * @param weak without the mark that they are
     */
    record Named(Set<String> strong, Set<String> weak) implements EntityTags {}

    Pattern TAG = Pattern.compile("\\s*(W/)?(\"[\\x21\\x23-\\x7E]*\")\\s*(?:,|$)");

    /**
     * @throws ai.artcafe.model.problem.ProblemException {@code invalid_request} when it is not what
     *     such a header holds
     */
    static EntityTags of(String name, @Nullable String header) {
        if (header == null) {
            return new Absent();
        }
        if (header.strip().equals("*")) {
            return new Any();
        }
        Matcher tags = TAG.matcher(header);
        int end = 0;
        Set<String> strong = new HashSet<>();
        Set<String> weak = new HashSet<>();
        while (tags.lookingAt()) {
            Optional.ofNullable(tags.group(1))
                    .ifPresentOrElse(_ -> weak.add(tags.group(2)), () -> strong.add(tags.group(2)));
            end = tags.end();
            if (end == header.length()) {
                break;
            }
            tags.region(end, header.length());
        }
        if (end != header.length() || end == 0) {
            throw ErrorCode.INVALID_REQUEST.because(name + " must be * or ETags in quotes");
        }
        return new Named(Set.copyOf(strong), Set.copyOf(weak));
    }

    /** As {@code If-Match}: 412 {@code precondition_failed} unless the state is one of those. */
    default void require(Revision revision) {
        if (this instanceof Named(Set<String> strong, var _) && !strong.contains(revision.tag())) {
            throw ErrorCode.PRECONDITION_FAILED.because(
                    "It has been changed since: read it again.");
        }
    }

    /** As {@code If-None-Match}: whether the client has that state already. */
    default boolean include(Revision revision) {
        return switch (this) {
            case Absent _ -> false;
            case Any _ -> true;
            case Named(Set<String> strong, Set<String> weak) ->
                    strong.contains(revision.tag()) || weak.contains(revision.tag());
        };
    }
}
