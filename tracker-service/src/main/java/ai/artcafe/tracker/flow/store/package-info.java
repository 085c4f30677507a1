/** Where the flow is kept. */
@NullMarked
package ai.artcafe.tracker.flow.store;

import org.jspecify.annotations.NullMarked;
