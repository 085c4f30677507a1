package ai.artcafe.gateway.tenant;

import ai.artcafe.model.flow.TapMode;
import ai.artcafe.model.problem.ErrorCode;
import java.util.Optional;

/**
 * What a request to change how closely a tenant's traffic is looked at says.
 *
 * @param mode full, sampled or off
 * @param sample of how many messages one is looked at; goes with sampled, and only with it
 */
record NewTapMode(Optional<String> mode, Optional<Long> sample) {

    TapMode wanted() {
        TapMode.Kind kind =
                TapMode.Kind.parse(mode.orElse(""))
                        .orElseThrow(() ->
                                ErrorCode.INVALID_REQUEST.because(
                                        "mode must be full, sampled or off"));
        if (kind != TapMode.Kind.SAMPLED && sample.isPresent()) {
            throw ErrorCode.INVALID_REQUEST.because("sample goes with mode sampled only");
        }
        return switch (kind) {
            case FULL -> TapMode.FULL;
            case OFF -> TapMode.OFF;
            case SAMPLED ->
                    TapMode.sampled(
                            sample.filter(n -> n >= 2 && n <= TapMode.MAX_SAMPLE)
                                    .orElseThrow(() ->
                                            ErrorCode.INVALID_REQUEST.because(
                                                    "sample must be 2 to " + TapMode.MAX_SAMPLE))
                                    .intValue());
        };
    }
}
