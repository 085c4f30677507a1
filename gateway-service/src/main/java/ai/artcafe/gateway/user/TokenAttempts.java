package ai.artcafe.gateway.user;

import ai.artcafe.gateway.audit.AuthAudit;
import ai.artcafe.gateway.audit.AuthAudit.Door;
import ai.artcafe.gateway.limit.RateVerdict;
import ai.artcafe.gateway.limit.TokenLimits;
import ai.artcafe.gateway.telemetry.GatewayMeters;
import ai.artcafe.model.problem.ErrorCode;
import ai.artcafe.model.problem.ProblemException;
import ai.artcafe.runtime.access.TokenVerdict;
import ai.artcafe.runtime.access.TokenWatch;
import jakarta.enterprise.context.ApplicationScoped;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Map;

/**
 * Every bearer token that somebody shows is counted, and written down when it does not hold; an
 * address that has shown too many of those is told to wait. Tokens are known by their digest only.
 * Thread-safe.
 */
@ApplicationScoped
public class TokenAttempts implements TokenWatch {

    private static final int SHOWN_BYTES = 4;
    private static final String ACCEPTED = "accepted";

    private final TokenLimits limits;
    private final AuthAudit audit;
    private final GatewayMeters meters;

    TokenAttempts(TokenLimits limits, AuthAudit audit, GatewayMeters meters) {
        this.limits = limits;
        this.audit = audit;
        this.meters = meters;
    }

    @Override
    public void shown(String token, String address) {
        shown(Door.REST, token, address);
    }

    @Override
    public void judged(String token, String address, TokenVerdict verdict) {
        judged(Door.REST, token, address, verdict);
    }

    /**
     * One is shown, and not verified yet.
     *
     * @throws ProblemException {@code limit_exceeded} when too many from there did not hold
     */
    public void shown(Door door, String token, String address) {
        ByteBuffer digest = digest(token);
        if (limits.show(digest, address) instanceof RateVerdict.Exceeded(Duration retryAfter)) {
            failed(door, ErrorCode.LIMIT_EXCEEDED, digest, address);
            throw new ProblemException(
                    ErrorCode.LIMIT_EXCEEDED,
                    "Too many tokens from this address do not hold.",
                    Map.of("retry_after", Long.toString(retryAfter.toSeconds() + 1)));
        }
    }

    /** What became of it. */
    public void judged(Door door, String token, String address, TokenVerdict verdict) {
        ByteBuffer digest = digest(token);
        switch (verdict) {
            case TokenVerdict.Accepted _ -> {
                limits.held(digest, address);
                meters.tokenShown(door.id(), ACCEPTED);
            }
            case TokenVerdict.Refused _ -> {
                limits.refused(digest);
                failed(door, ErrorCode.UNAUTHENTICATED, digest, address);
            }
            case TokenVerdict.Undecided _ -> {
                limits.undecided(digest, address);
                meters.tokenShown(door.id(), ErrorCode.UNAVAILABLE.code());
            }
        }
    }

    private void failed(Door door, ErrorCode code, ByteBuffer digest, String address) {
        meters.tokenShown(door.id(), code.code());
        String shown = HexFormat.of().formatHex(Arrays.copyOf(digest.array(), SHOWN_BYTES));
        audit.refused(door, code.code(), "token:" + shown, address);
    }

    private static ByteBuffer digest(String token) {
        try {
            byte[] bytes = token.getBytes(StandardCharsets.UTF_8);
            return ByteBuffer.wrap(MessageDigest.getInstance("SHA-256").digest(bytes));
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException(impossible);
        }
    }
}
