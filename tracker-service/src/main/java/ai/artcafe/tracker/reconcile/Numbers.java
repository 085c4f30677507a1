package ai.artcafe.tracker.reconcile;

import ai.artcafe.model.usage.Traffic;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.StringJoiner;

/** Traffic as text in a field of a store: {@code <messages> <bytes>}, one after the other. */
final class Numbers {

    private Numbers() {}

    static String text(Traffic... amounts) {
        StringJoiner text = new StringJoiner(" ");
        for (Traffic amount : amounts) {
            text.add(Long.toString(amount.messages())).add(Long.toString(amount.bytes()));
        }
        return text.toString();
    }

    /** That many amounts, or empty when the text is not that. */
    static Optional<List<Traffic>> traffic(String text, int count) {
        String[] numbers = text.split(" ", -1);
        if (numbers.length != 2 * count) {
            return Optional.empty();
        }
        try {
            List<Traffic> amounts = new ArrayList<>(count);
            for (int i = 0; i < numbers.length; i += 2) {
                amounts.add(
                        new Traffic(Long.parseLong(numbers[i]), Long.parseLong(numbers[i + 1])));
            }
            return Optional.of(amounts);
        } catch (NumberFormatException _) {
            return Optional.empty();
        }
    }
}
