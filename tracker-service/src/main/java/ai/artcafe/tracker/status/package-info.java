/** The platform's status: what services report of themselves, by the hour and the day. */
@NullMarked
package ai.artcafe.tracker.status;

import org.jspecify.annotations.NullMarked;
