package ai.artcafe.gateway.quota;

import ai.artcafe.model.identity.TenantId;

/** Each agent of the tenant may have another number of connections from now on. */
public record ConnectionsChanged(TenantId tenant) {}
