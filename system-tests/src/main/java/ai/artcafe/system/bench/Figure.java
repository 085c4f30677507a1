package ai.artcafe.system.bench;

import java.util.Optional;

/**
 * Something measured that has no contender.
 *
 * @param title what was measured
 * @param name which of its figures
 * @param unit of the value
 * @param goal what it should be at most
 */
record Figure(String title, String name, double value, String unit, Optional<Double> goal) {

    static Figure of(String title, String name, double value, String unit) {
        return new Figure(title, name, value, unit, Optional.empty());
    }

    Figure withGoal(double goal) {
        return new Figure(title, name, value, unit, Optional.of(goal));
    }

    /** The value as a share of the goal. */
    Optional<Double> ratio() {
        return goal.map(most -> value / most);
    }
}
