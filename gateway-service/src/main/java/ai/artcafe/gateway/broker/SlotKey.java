package ai.artcafe.gateway.broker;

import ai.artcafe.nats.NatsSeeds;
import jakarta.enterprise.context.ApplicationScoped;

/** The key by which the auth callout knows the gateways' own connections inside the slots. */
@ApplicationScoped
public class SlotKey {

    static final String SEED = "gateway-slot";

    private final NatsSeeds seeds;

    SlotKey(NatsSeeds seeds) {
        this.seeds = seeds;
    }

    /** The public key, {@code U…}. */
    public String publicKey() {
        return seeds.seed(SEED).publicKey();
    }
}
