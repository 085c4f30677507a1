package ai.artcafe.tracker.anomaly;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;

/** From when on something is an anomaly, and what is below notice. */
@ConfigMapping(prefix = "artcafe.anomaly")
public interface AnomalyConfig {

    /** How many tenants are watched at most by the tracker that holds the lease. */
    @WithDefault("2000")
    int maxTenants();

    /** How many tenants' models are built anew a second after a change of trackers. */
    @WithDefault("3")
    int rebuildsPerSecond();

    /** After how long a minute of which nothing was told counts as silent. */
    @WithDefault("45s")
    Duration silence();

    /** How many ordinary minutes in a row end an anomaly. */
    @WithDefault("5")
    int endAfterMinutes();

    /** Messages a minute below which neither their number nor their bytes are looked at. */
    @WithDefault("100")
    long minMessages();

    /** By how many bytes a minute a change of volume has to differ from what is expected. */
    @WithDefault("1000000")
    long minBytes();

    /** How many times as many messages a minute as usual in that hour are an anomaly. */
    @WithDefault("10")
    double rateFactor();

    /** How much of the past has to be known before a rate can be out of the ordinary. */
    @WithDefault("2h")
    Duration rateWarmUp();

    /** Which share of failures is an anomaly when it is exceeded, 0 to 1. */
    @WithDefault("0.1")
    double errorRate();

    /** Attempts, within five minutes, below which a share of failures says nothing. */
    @WithDefault("100")
    long minAttempts();

    /** Failures below which nothing is made of them. */
    @WithDefault("20")
    long minErrors();

    /** Which share of new subjects is an anomaly when it is exceeded, 0 to 1. */
    @WithDefault("0.2")
    double newSubjects();

    /** New subjects below which nothing is made of them. */
    @WithDefault("50")
    long minNewSubjects();

    /** How much of the past has to be known before a subject can be new. */
    @WithDefault("24h")
    Duration subjectsWarmUp();

    /** How many failed log-ins a minute are an anomaly, where such are not usual. */
    @WithDefault("20")
    long authFailures();

    /** By how many active agents a change has to differ from what is expected. */
    @WithDefault("5")
    long minAgents();

    /** By how many bits the spread over the subjects has to differ from what is expected. */
    @WithDefault("1.5")
    double minEntropy();

    /** How many minutes the forest has to have seen before it judges. */
    @WithDefault("360")
    int forestWarmUpMinutes();

    /** How unlike the minutes before it one has to be for the forest, 0 to 1. */
    @WithDefault("0.1")
    double forestGrade();
}
