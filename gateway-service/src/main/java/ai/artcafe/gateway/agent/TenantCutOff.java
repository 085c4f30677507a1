package ai.artcafe.gateway.agent;

import ai.artcafe.model.identity.Slot;
import ai.artcafe.model.identity.TenantId;

/**
 * A tenant is deleted: all that its agents and users have open is to end, at all doors and on every
 * gateway.
 *
 * @param slot that it was in
 */
public record TenantCutOff(TenantId tenant, Slot slot) {}
