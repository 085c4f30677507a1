package ai.artcafe.metrics.testing;

import static io.restassured.RestAssured.given;

import ai.artcafe.model.access.Role;
import ai.artcafe.model.identity.TenantId;
import ai.artcafe.stack.LocalStack;
import ai.artcafe.stack.TokenRequest;
import io.restassured.specification.RequestSpecification;

/** A user with a token of the stack's issuer. */
public final class Visitor {

    private final LocalStack stack;

    public Visitor(LocalStack stack) {
        this.stack = stack;
    }

    public RequestSpecification of(TenantId tenant) {
        return with(TokenRequest.member("ada", tenant, Role.VIEWER));
    }

    /** For clients of another kind. */
    public String token(TenantId tenant) {
        return stack.tokens().token(TokenRequest.member("ada", tenant, Role.VIEWER));
    }

    public RequestSpecification operator() {
        return with(TokenRequest.operator("root"));
    }

    public RequestSpecification with(TokenRequest request) {
        return given().auth().oauth2(stack.tokens().token(request));
    }
}
