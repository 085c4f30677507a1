package ai.artcafe.runtime.page;

import java.util.List;
import java.util.Optional;

/**
 * A part of a list.
 *
 * @param nextCursor where to go on; absent at the end
 */
public record Page<T>(List<T> items, Optional<String> nextCursor) {

    public Page {
        items = List.copyOf(items);
    }
}
