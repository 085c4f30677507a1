/**
 * {@code POST /graphql}: what the REST endpoints answer, several at once and only the fields that
 * are wanted. Its schema is made from the records of their answers.
 */
@NullMarked
package ai.artcafe.metrics.graphql;

import org.jspecify.annotations.NullMarked;
