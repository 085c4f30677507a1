package ai.artcafe.model.key;

import ai.artcafe.model.identity.TenantId;

/**
 * Keys of {@link Table#USER_TENANTS}. A membership is there twice: under its user ({@code {user}},
 * {@code {tenant}}) with the {@link #ROLE}, and under its tenant ({@code TENANT#{tenant}}, {@code
 * {user}}) with the same. No user's id begins with {@code TENANT#}.
 */
public final class MemberKeys {

    public static final String ROLE = "role";

    private static final String TENANT = "TENANT#";
    private static final int MAX_USER_ID = 256;

    private MemberKeys() {}

    /** The partition of the users that belong to a tenant. */
    public static String usersOf(TenantId tenant) {
        return TENANT + tenant;
    }

    /** Whether a membership can be kept for a user of that id: the subject of a token. */
    public static boolean isUserId(String text) {
        return !text.isBlank()
                && text.length() <= MAX_USER_ID
                && text.equals(text.strip())
                && text.codePoints().noneMatch(c -> Character.isISOControl(c) || c > 0x7E)
                && !text.startsWith(TENANT);
    }
}
