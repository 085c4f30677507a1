package ai.artcafe.gateway.member;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;

/** The users of a tenant. */
@ConfigMapping(prefix = "artcafe.gateway.members")
public interface MemberConfig {

    /** Members of one tenant; more are refused. */
    @WithDefault("1000")
    int perTenant();
}
