/**
 * The users of the platform, as programs: operators, agents at both doors, readers of the usage
 * API.
 */
@NullMarked
package ai.artcafe.system.client;

import org.jspecify.annotations.NullMarked;
