package ai.artcafe.gateway.limit;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.LoadingCache;
import io.github.bucket4j.Bucket;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.nio.ByteBuffer;
import java.time.Duration;

/**
 * How many bearer tokens that do not hold an address may show: each takes one off what it may, and
 * one that holds gives it back. Where nothing is left, only those are looked at that have held here
 * in the last hour: whoever shares an address with one who tries, and was here before, notices
 * nothing. Thread-safe.
 */
@ApplicationScoped
public class TokenLimits {

    private static final Duration ADDRESSES_REMEMBERED = Duration.ofMinutes(10);
    private static final Duration TOKENS_REMEMBERED = Duration.ofHours(1);
    private static final Duration JUDGED_WITHIN = Duration.ofSeconds(10);

    private final LoadingCache<String, Bucket> addresses;
    private final Cache<ByteBuffer, Boolean> held;
    private final Cache<ByteBuffer, Boolean> beingJudged;

    @Inject
    TokenLimits(LimitConfig config) {
        this(config.badTokensBurst(), config.badTokensPerMinute(), config.remembered());
    }

    TokenLimits(int burst, int perMinute, int remembered) {
        this.addresses =
                Caffeine.newBuilder()
                        .maximumSize(remembered)
                        .expireAfterAccess(ADDRESSES_REMEMBERED)
                        .build(_ -> Buckets.of(burst, perMinute, Duration.ofMinutes(1)));
        this.held = tokens(remembered, TOKENS_REMEMBERED);
        this.beingJudged = tokens(remembered, JUDGED_WITHIN);
    }

    private static Cache<ByteBuffer, Boolean> tokens(int most, Duration remembered) {
        return Caffeine.newBuilder().maximumSize(most).expireAfterWrite(remembered).build();
    }

    /**
     * One is shown; what becomes of it is to be told. One that is shown many times at once is one.
     *
     * @param digest of the token
     * @param address a textual IP address
     */
    public RateVerdict show(ByteBuffer digest, String address) {
        if (held.getIfPresent(digest) != null || beingJudged.getIfPresent(digest) != null) {
            return RateVerdict.ALLOWED;
        }
        RateVerdict verdict = Buckets.take(bucket(address));
        if (verdict instanceof RateVerdict.Allowed) {
            beingJudged.put(digest, true);
        }
        return verdict;
    }

    /** It holds. */
    public void held(ByteBuffer digest, String address) {
        held.put(digest, true);
        giveBack(digest, address);
    }

    /** It does not; it may have held before. */
    public void refused(ByteBuffer digest) {
        held.invalidate(digest);
        beingJudged.invalidate(digest);
    }

    /** It could not be told, which is nobody's fault who shows one. */
    public void undecided(ByteBuffer digest, String address) {
        giveBack(digest, address);
    }

    private void giveBack(ByteBuffer digest, String address) {
        if (beingJudged.asMap().remove(digest) != null) {
            bucket(address).addTokens(1);
        }
    }

    private Bucket bucket(String address) {
        return addresses.get(KnockLimits.network(address));
    }
}
