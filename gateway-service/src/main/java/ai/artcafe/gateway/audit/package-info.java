/** Who was let in at which door, and who was not, for the security log. */
@NullMarked
package ai.artcafe.gateway.audit;

import org.jspecify.annotations.NullMarked;
