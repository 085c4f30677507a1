package ai.artcafe.gateway.callout;

import ai.artcafe.gateway.callout.broker.CalloutResponder;
import jakarta.enterprise.context.ApplicationScoped;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.Readiness;

/** {@code auth-callout}: whether the NATS server's questions reach this gateway. */
@Readiness
@ApplicationScoped
class CalloutHealth implements HealthCheck {

    private final CalloutResponder responder;

    CalloutHealth(CalloutResponder responder) {
        this.responder = responder;
    }

    @Override
    public HealthCheckResponse call() {
        var health = HealthCheckResponse.named("auth-callout");
        return responder.isListening()
                ? health.up().build()
                : health.down().withData("fault", responder.fault()).build();
    }
}
