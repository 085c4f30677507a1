/** Ways to break what lies between the parts of the platform. */
@NullMarked
package ai.artcafe.system.fault;

import org.jspecify.annotations.NullMarked;
