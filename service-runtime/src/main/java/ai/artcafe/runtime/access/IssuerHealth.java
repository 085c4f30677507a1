package ai.artcafe.runtime.access;

import io.smallrye.health.api.Wellness;
import io.smallrye.jwt.auth.principal.JWTAuthContextInfo;
import jakarta.enterprise.context.ApplicationScoped;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;

/**
 * {@code issuer}: whether there are keys to verify users' tokens with. Without them users are
 * answered 503; agents need none, which is why this takes no instance out of traffic.
 */
@Wellness
@ApplicationScoped
class IssuerHealth implements HealthCheck {

    private final KeyedVerifier verifier;
    private final JWTAuthContextInfo rules;

    IssuerHealth(KeyedVerifier verifier, JWTAuthContextInfo rules) {
        this.verifier = verifier;
        this.rules = rules;
    }

    @Override
    public HealthCheckResponse call() {
        var health = HealthCheckResponse.named(IssuerOutages.ISSUER);
        return verifier.hasKeys(rules)
                ? health.up().build()
                : health.down().withData("fault", "its keys cannot be had").build();
    }
}
