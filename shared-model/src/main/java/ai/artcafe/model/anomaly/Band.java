package ai.artcafe.model.anomaly;

/**
 * What is expected of a number, both ends included.
 *
 * @param low not above {@code high}
 */
public record Band(double low, double high) {

    public Band {
        if (!(low <= high)) {
            throw new IllegalArgumentException("low " + low + ", high " + high);
        }
    }

    /** By how much the number is outside. */
    public double distance(double number) {
        return Math.max(0, Math.max(low - number, number - high));
    }
}
