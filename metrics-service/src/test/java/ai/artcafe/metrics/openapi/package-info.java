@NullMarked
package ai.artcafe.metrics.openapi;

import org.jspecify.annotations.NullMarked;
