package ai.artcafe.tracker.forecast;

/**
 * What is expected of the hours after a series.
 *
 * @param messages by hour
 * @param low in nine of ten cases it is not less
 * @param high in nine of ten cases it is not more
 */
record Prediction(double[] messages, double[] low, double[] high) {

    /** With nothing below zero, and the bounds around what is between them. */
    static Prediction of(double[] messages, double[] low, double[] high) {
        for (int hour = 0; hour < messages.length; hour++) {
            messages[hour] = Math.max(0, messages[hour]);
            low[hour] = Math.clamp(low[hour], 0, messages[hour]);
            high[hour] = Math.max(high[hour], messages[hour]);
        }
        return new Prediction(messages, low, high);
    }
}
