/** What the services' descriptions of their APIs have in common; used when a service is built. */
@NullMarked
package ai.artcafe.runtime.openapi;

import org.jspecify.annotations.NullMarked;
