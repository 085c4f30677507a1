package ai.artcafe.runtime.access;

import ai.artcafe.runtime.problem.IssuerKeys;
import ai.artcafe.runtime.testing.KeyServer;
import ai.artcafe.stack.FreePorts;
import ai.artcafe.stack.LocalStack;
import io.quarkus.test.common.QuarkusTestResourceLifecycleManager;
import java.util.HashMap;
import java.util.Map;

/** An issuer whose keys are published nowhere until a test does so. */
public final class LateIssuer implements QuarkusTestResourceLifecycleManager {

    private static final int PORT = new FreePorts().next();

    @Override
    public Map<String, String> start() {
        Map<String, String> settings = new HashMap<>(new IssuerKeys().start());
        settings.put("ARTCAFE_JWT_JWKS_LOCATION", KeyServer.url(PORT));
        return settings;
    }

    @Override
    public void stop() {}

    /** After {@link IssuerKeys}, which Quarkus starts for every test: what starts later wins. */
    @Override
    public int order() {
        return 1;
    }

    static KeyServer come() {
        return KeyServer.open(PORT, LocalStack.shared().keysDirectory());
    }
}
