package ai.artcafe.gateway.callout.broker;

import ai.artcafe.gateway.callout.Verdict;
import ai.artcafe.nats.Seed;
import io.nats.client.NKey;
import io.nats.client.support.JwtUtils;
import io.nats.client.support.JwtUtils.Permission;
import io.nats.client.support.JwtUtils.UserClaim;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.util.List;

/** Answers to the NATS server, signed by the issuer that its configuration names. */
final class CalloutAnswers {

    private static final Duration LIFETIME = Duration.ofSeconds(30);

    private final Seed issuer;

    CalloutAnswers(Seed issuer) {
        this.issuer = issuer;
    }

    byte[] answer(CalloutRequest request, Verdict.Allowed allowed)
            throws GeneralSecurityException, IOException {
        NKey key = issuer.key();
        return answer(key, request, "\"jwt\":\"" + user(key, request.userNkey(), allowed) + "\"");
    }

    /** The server shows nothing of the reason to the client. */
    byte[] answer(CalloutRequest request, Verdict.Denied denied)
            throws GeneralSecurityException, IOException {
        return answer(issuer.key(), request, "\"error\":\"" + denied.reason() + "\"");
    }

    private byte[] answer(NKey key, CalloutRequest request, String payload)
            throws GeneralSecurityException, IOException {
        return JwtUtils.issueJWT(
                        key,
                        request.userNkey(),
                        null,
                        LIFETIME,
                        JwtUtils.currentTimeSeconds(),
                        issuer.publicKey(),
                        request.serverId(),
                        () -> "{\"type\":\"authorization_response\",\"version\":2," + payload + "}")
                .getBytes(StandardCharsets.US_ASCII);
    }

    /** No expiry: some clients close for good on it. Access is ended by closing the connection. */
    private String user(NKey key, String userNkey, Verdict.Allowed allowed)
            throws GeneralSecurityException, IOException {
        UserClaim claim =
                new UserClaim(null) // an issuer account is an error in a configured server
                        .pub(
                                permission(allowed.publish())
                                        .deny(allowed.denied().toArray(String[]::new)))
                        .sub(permission(allowed.subscribe()));
        return JwtUtils.issueJWT(
                key,
                userNkey,
                allowed.owner().userName(),
                null,
                JwtUtils.currentTimeSeconds(),
                issuer.publicKey(),
                allowed.slot().account(),
                claim);
    }

    private static Permission permission(List<String> subjects) {
        return new Permission().allow(subjects.toArray(String[]::new));
    }
}
