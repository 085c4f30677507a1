package ai.artcafe.tracker.anomaly;

import ai.artcafe.model.anomaly.Dimension;

/** What the forest sees of a minute, in the order of its vector. */
enum Feature {
    RATE(Dimension.RATE) {
        @Override
        double of(Minute minute) {
            return minute.point().messages();
        }

        @Override
        double scaled(Minute minute) {
            return Math.log1p(of(minute));
        }

        @Override
        double unscaled(double number) {
            return Math.expm1(number);
        }

        @Override
        double floor(AnomalyConfig config) {
            return config.minMessages();
        }
    },
    BYTES(Dimension.BYTES) {
        @Override
        double of(Minute minute) {
            return minute.point().bytes();
        }

        @Override
        double scaled(Minute minute) {
            return Math.log1p(of(minute));
        }

        @Override
        double unscaled(double number) {
            return Math.expm1(number);
        }

        @Override
        double floor(AnomalyConfig config) {
            return config.minBytes();
        }
    },
    ERROR_RATE(Dimension.ERROR_RATE) {
        @Override
        double of(Minute minute) {
            return minute.attempts() == 0 ? 0 : (double) minute.errors() / minute.attempts();
        }

        /** Of a few attempts, one failure is no high rate. */
        @Override
        double scaled(Minute minute) {
            return (double) minute.errors() / (minute.attempts() + FEW);
        }

        @Override
        double floor(AnomalyConfig config) {
            return config.errorRate() / 2;
        }

        @Override
        boolean counts(Minute minute, AnomalyConfig config) {
            return minute.errors() >= config.minErrors();
        }
    },
    ACTIVE_AGENTS(Dimension.ACTIVE_AGENTS) {
        @Override
        double of(Minute minute) {
            return minute.point().activeAgents();
        }

        @Override
        double floor(AnomalyConfig config) {
            return config.minAgents();
        }
    },
    SUBJECT_ENTROPY(Dimension.SUBJECT_ENTROPY) {
        @Override
        double of(Minute minute) {
            double entropy = minute.point().subjectEntropy();
            return Double.isFinite(entropy) ? entropy : 0;
        }

        @Override
        double floor(AnomalyConfig config) {
            return config.minEntropy();
        }

        /** Few messages cannot be spread far, and that they are few says the rate. */
        @Override
        boolean counts(Minute minute, AnomalyConfig config) {
            return minute.point().messages() >= config.minMessages();
        }
    };

    private static final double FEW = 50;

    private final Dimension dimension;

    Feature(Dimension dimension) {
        this.dimension = dimension;
    }

    Dimension dimension() {
        return dimension;
    }

    /** In the dimension's unit. */
    abstract double of(Minute minute);

    /** As the forest sees it: what grows by factors, on a scale of factors. */
    double scaled(Minute minute) {
        return of(minute);
    }

    /** From the forest's scale back to the unit, about. */
    double unscaled(double number) {
        return number;
    }

    /** By how much it has to be outside of what is expected. */
    abstract double floor(AnomalyConfig config);

    /** Whether there is enough of anything in the minute for it to mean something. */
    boolean counts(Minute minute, AnomalyConfig config) {
        return true;
    }
}
