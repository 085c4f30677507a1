package ai.artcafe.system.load;

import ai.artcafe.model.identity.TenantId;

/** The forms of a tenant's namespace, as subjects on NATS. */
enum Wording {
    TENANT("tenant.%s."),
    AGENTS("agents.%s."),
    BARE("%s.");

    private final String prefix;

    Wording(String prefix) {
        this.prefix = prefix;
    }

    /** The subject on NATS. */
    String on(TenantId tenant, String subject) {
        return prefix.formatted(tenant) + subject;
    }
}
