package ai.artcafe.metrics.tier;

import ai.artcafe.model.plan.Tier;

/**
 * Something that the tenant's tier does not show.
 *
 * @param requires the lowest tier that does
 */
public record LockedFeature(Feature feature, Tier requires) {}
