package ai.artcafe.tracker.ledger.store;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;

/** The arguments of a script, one after the other. */
final class Arguments {

    private final List<String> values = new ArrayList<>();

    Arguments add(String value) {
        values.add(value);
        return this;
    }

    Arguments add(long number) {
        return add(Long.toString(number));
    }

    /** As milliseconds since the epoch. */
    Arguments add(Instant at) {
        return add(at.toEpochMilli());
    }

    /** As seconds. */
    Arguments add(Duration duration) {
        return add(duration.toSeconds());
    }

    Arguments add(boolean isTrue) {
        return add(isTrue ? 1 : 0);
    }

    Arguments addAll(Collection<String> more) {
        values.addAll(more);
        return this;
    }

    List<String> list() {
        return values;
    }
}
