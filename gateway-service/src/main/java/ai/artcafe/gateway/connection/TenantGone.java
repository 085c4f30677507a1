package ai.artcafe.gateway.connection;

import ai.artcafe.model.identity.TenantId;

/** A tenant is deleted: what it has open on this gateway is to end. */
public record TenantGone(TenantId tenant) {}
