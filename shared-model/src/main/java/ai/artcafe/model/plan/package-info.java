/** What a tenant pays for: plans, the tier that each grants, and its limits. */
@NullMarked
package ai.artcafe.model.plan;

import org.jspecify.annotations.NullMarked;
