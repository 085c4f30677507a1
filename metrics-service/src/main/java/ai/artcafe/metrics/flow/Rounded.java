package ai.artcafe.metrics.flow;

import java.math.BigDecimal;
import java.math.RoundingMode;

/** Numbers for people. */
public final class Rounded {

    private Rounded() {}

    /** To so many places after the point. */
    public static double to(int places, double number) {
        return BigDecimal.valueOf(number).setScale(places, RoundingMode.HALF_UP).doubleValue();
    }
}
