package ai.artcafe.metrics.limit;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * How many units of the rate limits a request to the resource method costs; one without it. What
 * stays open, such as a stream of events, is counted once, at its opening.
 */
@Documented
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.METHOD)
public @interface Cost {

    int value();
}
