package ai.artcafe.tracker.reconcile;

import ai.artcafe.model.flow.TapMode;
import ai.artcafe.model.identity.TenantId;

/** A tenant in a slot, and how closely the tap looks at it. */
public record Tenancy(TenantId tenant, TapMode tap) {}
