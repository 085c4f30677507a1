/** The subject scheme: which NATS subjects belong to a tenant, and what each of them carries. */
@NullMarked
package ai.artcafe.model.subject;

import org.jspecify.annotations.NullMarked;
