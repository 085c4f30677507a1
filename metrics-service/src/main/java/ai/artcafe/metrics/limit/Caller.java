package ai.artcafe.metrics.limit;

import ai.artcafe.model.identity.TenantId;

/** Whose limit a request counts towards. */
sealed interface Caller {

    /** Its name in headers and problems. */
    String kind();

    /**
     * @param subject of the token
     */
    record User(String subject) implements Caller {
        @Override
        public String kind() {
            return "user";
        }
    }

    /** The tenant that is asked about, which the user may read. */
    record Tenant(TenantId id) implements Caller {
        @Override
        public String kind() {
            return "tenant";
        }
    }

    /**
     * @param network an IPv4 address, or an IPv6 /64
     */
    record Address(String network) implements Caller {
        @Override
        public String kind() {
            return "address";
        }
    }
}
