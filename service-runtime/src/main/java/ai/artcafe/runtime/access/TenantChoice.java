package ai.artcafe.runtime.access;

import ai.artcafe.model.identity.TenantId;
import java.util.Optional;

/** Which tenant a request says it is about. */
public sealed interface TenantChoice {

    /** It names one. */
    record Named(TenantId tenant) implements TenantChoice {}

    /** It names none: the token's, then. */
    record Unspecified() implements TenantChoice {}

    /**
     * It cannot be understood.
     *
     * @param detail why, for the client
     */
    record Invalid(String detail) implements TenantChoice {}

    /**
     * What the request's header and query say together.
     *
     * @param header {@code X-Tenant-Id}
     * @param query {@code ?tenant_id=}
     */
    static TenantChoice of(Optional<String> header, Optional<String> query) {
        if (header.isPresent() && query.isPresent() && !header.equals(query)) {
            return new Invalid("X-Tenant-Id and tenant_id name different tenants.");
        }
        Optional<String> text = header.or(() -> query);
        if (text.isEmpty()) {
            return new Unspecified();
        }
        try {
            return new Named(new TenantId(text.get()));
        } catch (IllegalArgumentException invalid) {
            return new Invalid(String.valueOf(invalid.getMessage()));
        }
    }
}
