package ai.artcafe.metrics.graphql;

import java.util.Locale;
import java.util.Set;

/** What types are called in GraphQL: {@code UsageAnswer} is a {@code Usage}. */
final class AnswerNames {

    private AnswerNames() {}

    /**
     * The class's name, with that of the one it is in, without what says that it is an answer;
     * where two have the same, the later one's begins with its package's.
     *
     * @param taken the names that are given out; the new one is added
     */
    static String of(Class<?> type, Set<String> taken) {
        String name = plain(type);
        if (!taken.add(name)) {
            String area = type.getPackageName();
            area = area.substring(area.lastIndexOf('.') + 1);
            name = area.substring(0, 1).toUpperCase(Locale.ROOT) + area.substring(1) + name;
            if (!taken.add(name)) {
                throw new IllegalStateException("two types are called " + name);
            }
        }
        return name;
    }

    private static String plain(Class<?> type) {
        String own = type.getSimpleName().replaceFirst("(Answer|View)$", "");
        Class<?> outer = type.getEnclosingClass();
        return outer == null ? own : plain(outer) + own;
    }
}
