/** The platform's status: public numbers of all services, and a tenant's own agents' requests. */
@NullMarked
package ai.artcafe.metrics.status;

import org.jspecify.annotations.NullMarked;
