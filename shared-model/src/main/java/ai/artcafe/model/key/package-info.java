/** Where things are kept: Redis keys and DynamoDB tables, keys and attribute names. */
@NullMarked
package ai.artcafe.model.key;

import org.jspecify.annotations.NullMarked;
