package ai.artcafe.gateway.limit;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;

/** How often those may knock who have not proved who they are. */
@ConfigMapping(prefix = "artcafe.gateway.auth.limits")
public interface LimitConfig {

    /**
     * Challenges, verifications and socket requests a minute from one address (IPv6: one /64), in
     * the long run. A fleet of agents behind one address shares it.
     */
    @WithDefault("6000")
    int addressPerMinute();

    /** The same at once. */
    @WithDefault("2000")
    int addressBurst();

    /** The same a minute for one agent from one address. */
    @WithDefault("120")
    int agentPerMinute();

    /** The same at once. */
    @WithDefault("60")
    int agentBurst();

    /** Failed attempts in a row for one agent from one address that have no wait after them. */
    @WithDefault("5")
    int agentFailures();

    /** The longest wait after one more: they begin with 1 s and double each time. */
    @WithDefault("1m")
    Duration agentWait();

    /** Failed attempts in a row from one address that have no wait after them. */
    @WithDefault("200")
    int addressFailures();

    /** The longest wait after one more. Others behind that address wait, too. */
    @WithDefault("15s")
    Duration addressWait();

    /**
     * Bearer tokens a minute from one address that do not hold, in the long run. Beyond that,
     * tokens that have held here in the last hour go on to be taken; others are told to wait.
     */
    @WithDefault("60")
    int badTokensPerMinute();

    /** The same at once. */
    @WithDefault("200")
    int badTokensBurst();

    /** How long after the last failure they are forgotten; a success ends them at once. */
    @WithDefault("10m")
    Duration failuresForgotten();

    /** Addresses, pairs of agent and address, and tokens that are remembered at a time. */
    @WithDefault("100000")
    int remembered();
}
