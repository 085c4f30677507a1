package ai.artcafe.metrics.tier;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * That a resource method answers 403 {@code tier_required} to lower tiers than the feature's: says
 * so in the API's description. What refuses them is {@link TierGate#require}.
 */
@Documented
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.METHOD)
public @interface TierGated {

    Feature value();

    /** What of the endpoint is, such as "with `client_id`"; all of it if left out. */
    String when() default "";
}
