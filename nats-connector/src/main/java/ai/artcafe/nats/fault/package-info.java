/**
 * What happens to a message whose processing failed; each class is one {@code failure-strategy}.
 */
@NullMarked
package ai.artcafe.nats.fault;

import org.jspecify.annotations.NullMarked;
