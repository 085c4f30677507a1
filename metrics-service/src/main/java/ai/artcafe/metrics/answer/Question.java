package ai.artcafe.metrics.answer;

import ai.artcafe.model.identity.TenantId;
import ai.artcafe.model.plan.Tier;

/**
 * What was asked, with everything that the answer depends on but time.
 *
 * @param tier as of asking: an answer for one tier is never given to another
 * @param what the endpoint and its parameters
 */
public record Question(TenantId tenant, Tier tier, String what) {}
