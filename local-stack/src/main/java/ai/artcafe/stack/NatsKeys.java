package ai.artcafe.stack;

import ai.artcafe.stack.broker.NKeyPair;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.EnumMap;
import java.util.Map;

/** The platform's own NATS keys: one for each {@link NatsIdentity}. */
public final class NatsKeys {

    private static final String SUFFIX = ".nk";

    private final Map<NatsIdentity, NKeyPair> pairs;

    private NatsKeys(Map<NatsIdentity, NKeyPair> pairs) {
        this.pairs = Collections.unmodifiableMap(pairs);
    }

    /**
     * Reads the seeds {@code <id>.nk} of the folder and makes the ones that are missing, readable
     * by their owner only.
     */
    public static NatsKeys in(Path directory) {
        Map<NatsIdentity, NKeyPair> pairs = new EnumMap<>(NatsIdentity.class);
        for (NatsIdentity identity : NatsIdentity.values()) {
            Path file = directory.resolve(identity.id() + SUFFIX);
            if (Files.exists(file)) {
                pairs.put(identity, read(file));
            } else {
                NKeyPair fresh =
                        identity == NatsIdentity.ISSUER
                                ? NKeyPair.newAccount()
                                : NKeyPair.newUser();
                SecretFile.write(file, fresh.seed() + "\n");
                pairs.put(identity, fresh);
            }
        }
        return new NatsKeys(pairs);
    }

    private static NKeyPair read(Path file) {
        try {
            return NKeyPair.ofSeed(SecretFile.read(file).strip());
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException(file.getFileName() + " is not an NKey seed", e);
        }
    }

    /** The secret: {@code SU…}, of the issuer {@code SA…}. */
    public String seed(NatsIdentity identity) {
        return pair(identity).seed();
    }

    /** {@code U…}, of the issuer {@code A…}. */
    public String publicKey(NatsIdentity identity) {
        return pair(identity).publicKey();
    }

    private NKeyPair pair(NatsIdentity identity) {
        NKeyPair pair = pairs.get(identity);
        if (pair == null) {
            throw new IllegalStateException("no key for " + identity);
        }
        return pair;
    }
}
