package ai.artcafe.runtime.access;

import io.quarkus.arc.DefaultBean;
import jakarta.enterprise.context.ApplicationScoped;

/** Of a service that lets anybody show as many tokens as they like. */
@DefaultBean
@ApplicationScoped
class NoTokenWatch implements TokenWatch {

    @Override
    public void shown(String token, String address) {}

    @Override
    public void judged(String token, String address, TokenVerdict verdict) {}
}
