/**
 * Agents that know exactly what they have published and been handed, to hold the platform's count
 * against.
 */
@NullMarked
package ai.artcafe.system.load;

import org.jspecify.annotations.NullMarked;
