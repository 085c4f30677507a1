package ai.artcafe.runtime.access;

import ai.artcafe.model.access.Role;
import ai.artcafe.model.identity.TenantId;
import jakarta.json.JsonString;
import java.time.Instant;
import java.util.Arrays;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.eclipse.microprofile.jwt.JsonWebToken;

/**
 * The claims that say who a user is: {@code sub}; {@code groups} with {@code operator} for
 * operators; {@code tenant_id} (a text, a list, or a text with commas) and {@code role}, or
 * Cognito's {@code custom:tenant_id} and {@code custom:role}. No role, or one that does not exist,
 * is viewer.
 */
final class UserClaims {

    private static final String OPERATORS = "operator";
    private static final List<String> TENANT = List.of("tenant_id", "custom:tenant_id");
    private static final List<String> ROLE = List.of("role", "custom:role");

    private UserClaims() {}

    /** The user, or nothing when the token names none. */
    static Optional<UserPrincipal> read(JsonWebToken token) {
        String subject = token.getSubject();
        if (subject == null || subject.isBlank()) {
            return Optional.empty();
        }
        Set<String> groups = token.getGroups();
        return Optional.of(
                new UserPrincipal(
                        subject,
                        groups != null && groups.contains(OPERATORS),
                        tenants(token),
                        role(token),
                        Instant.ofEpochSecond(token.getExpirationTime())));
    }

    private static Set<TenantId> tenants(JsonWebToken token) {
        return texts(token, TENANT)
                .flatMap(text -> TenantId.parse(text).stream())
                .collect(Collectors.toCollection(LinkedHashSet::new));
    }

    private static Role role(JsonWebToken token) {
        return texts(token, ROLE).findFirst().flatMap(Role::parse).orElse(Role.VIEWER);
    }

    private static Stream<String> texts(JsonWebToken token, List<String> claims) {
        return claims.stream()
                .map(claim -> token.<Object>claim(claim))
                .flatMap(Optional::stream)
                .findFirst()
                .stream()
                .flatMap(UserClaims::values)
                .flatMap(text -> Arrays.stream(text.split(",", -1)))
                .map(String::strip)
                .filter(text -> !text.isEmpty());
    }

    private static Stream<String> values(Object claim) {
        return switch (claim) {
            case Collection<?> several -> several.stream().flatMap(UserClaims::values);
            case JsonString text -> Stream.of(text.getString());
            case String text -> Stream.of(text);
            default -> Stream.empty();
        };
    }
}
