package ai.artcafe.runtime.testing;

import org.assertj.core.api.SoftAssertions;

/** How those are answered whose token does not hold. */
public final class Refusal {

    private Refusal() {}

    /** Whether it is 401 as it should be, and tells nothing of the token or of us. */
    public static void check(SoftAssertions softly, String what, String path, Requests.Answer is) {
        softly.assertThat(is.status()).as(what).isEqualTo(401);
        softly.assertThat(is.header("content-type"))
                .as(what)
                .startsWith("application/problem+json");
        softly.assertThat(is.header("www-authenticate")).as(what).startsWith("Bearer");
        softly.assertThat(is.header("cache-control")).as(what).contains("no-store");
        softly.assertThat(is.body())
                .as(what)
                .contains(
                        "\"code\":\"unauthenticated\"",
                        "\"detail\":\"A valid bearer token is needed.\"",
                        "\"instance\":\"" + path + "\"")
                .doesNotContain("Exception", "jose4j", "SRJWT", "ai.artcafe", "expired");
    }
}
