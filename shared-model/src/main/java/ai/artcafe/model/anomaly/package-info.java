/** What is out of the ordinary in a tenant's traffic, as trackers find it and people are told. */
@NullMarked
package ai.artcafe.model.anomaly;

import org.jspecify.annotations.NullMarked;
