package ai.artcafe.model.identity;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * One of the pool of identical NATS accounts, {@code S0001} to {@code S9999}; a tenant is placed in
 * exactly one, and the account's name knows nothing of the tenant.
 */
public record Slot(@JsonValue String account) implements Comparable<Slot> {

    /** More accounts than one server was ever measured with; the pool's size is configuration. */
    public static final int MAX_NUMBER = 9999;

    private static final Pattern VALID = Pattern.compile("S(?!0000)[0-9]{4}");

    @JsonCreator
    public Slot {
        if (!VALID.matcher(account).matches()) {
            throw new IllegalArgumentException("slot must be S0001 to S9999, but is " + account);
        }
    }

    /** The slot with this number, from 1. */
    public static Slot number(int number) {
        return new Slot(String.format(Locale.ROOT, "S%04d", number));
    }

    /** The slot of this account name, or empty for an account that is not a slot. */
    public static Optional<Slot> parse(String account) {
        return VALID.matcher(account).matches() ? Optional.of(new Slot(account)) : Optional.empty();
    }

    @Override
    public int compareTo(Slot other) {
        return account.compareTo(other.account);
    }

    @Override
    public String toString() {
        return account;
    }
}
