package ai.artcafe.model.identity;

import java.util.regex.Pattern;

/** The one rule for ids that end up in subjects, keys and URLs. */
final class Identifier {

    private static final Pattern VALID = Pattern.compile("[a-z0-9][a-z0-9-]{0,62}");

    private Identifier() {}

    static boolean isValid(String value) {
        return value.length() <= 63 && VALID.matcher(value).matches();
    }

    static String require(String field, String value) {
        if (!isValid(value)) {
            throw new IllegalArgumentException(
                    field
                            + " must be 1 to 63 of a-z, 0-9 and '-', not starting with '-', but is "
                            + quoted(value));
        }
        return value;
    }

    private static String quoted(String value) {
        String shown = value.length() <= 80 ? value : value.substring(0, 80) + "…";
        return '\'' + shown.replaceAll("\\p{Cntrl}", "?") + '\'';
    }
}
