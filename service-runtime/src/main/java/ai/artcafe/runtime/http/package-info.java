/** What the HTTP servers put up with: how long a client may take to say what it wants. */
@NullMarked
package ai.artcafe.runtime.http;

import org.jspecify.annotations.NullMarked;
