package ai.artcafe.system.bench;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.ToDoubleFunction;
import java.util.stream.IntStream;

/**
 * Contenders measured in turns, the baseline first.
 *
 * @param title what is compared
 * @param contenders at least one; the first is the baseline that the others are a ratio of
 */
record Comparison(String title, List<Contender> contenders) {

    /** How long and how often to measure. */
    record Plan(Duration warmUp, Duration turn, int rounds) {}

    /**
     * One contender against the baseline; each figure is the median over the rounds, and each ratio
     * the median of the ratios within a round.
     */
    record Result(
            String title,
            String contender,
            double messagesPerSecond,
            double throughputRatio,
            double cpuSecondsPerMillion,
            double cpuRatio,
            List<Sample> samples) {}

    List<Result> run(Plan plan, Consumer<String> progress) throws Exception {
        for (Contender contender : contenders) {
            progress.accept(title + ": warming up " + contender.name());
            contender.run(plan.warmUp());
        }
        List<List<Sample>> samples = contenders.stream().map(_ -> newList()).toList();
        for (int round = 1; round <= plan.rounds(); round++) {
            for (int i = 0; i < contenders.size(); i++) {
                Sample sample = contenders.get(i).run(plan.turn());
                samples.get(i).add(sample);
                progress.accept(
                        String.format(
                                "%s: round %d of %d, %s: %,.0f a second",
                                title,
                                round,
                                plan.rounds(),
                                contenders.get(i).name(),
                                sample.messagesPerSecond()));
            }
        }
        return IntStream.range(0, contenders.size())
                .mapToObj(i -> result(contenders.get(i), samples.get(i), samples.getFirst()))
                .toList();
    }

    private static List<Sample> newList() {
        return new ArrayList<>();
    }

    private Result result(Contender contender, List<Sample> own, List<Sample> baseline) {
        return new Result(
                title,
                contender.name(),
                median(own.stream().mapToDouble(Sample::messagesPerSecond).toArray()),
                medianRatio(own, baseline, Sample::messagesPerSecond),
                median(own.stream().mapToDouble(Sample::cpuSecondsPerMillion).toArray()),
                medianRatio(own, baseline, Sample::cpuSecondsPerMillion),
                own);
    }

    private static double medianRatio(
            List<Sample> own, List<Sample> baseline, ToDoubleFunction<Sample> figure) {
        double[] ratios = new double[own.size()];
        for (int i = 0; i < ratios.length; i++) {
            ratios[i] = figure.applyAsDouble(own.get(i)) / figure.applyAsDouble(baseline.get(i));
        }
        return median(ratios);
    }

    static double median(double... values) {
        double[] sorted = values.clone();
        Arrays.sort(sorted);
        int middle = sorted.length / 2;
        return sorted.length % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
    }
}
