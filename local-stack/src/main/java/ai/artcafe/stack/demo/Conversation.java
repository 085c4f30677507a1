package ai.artcafe.stack.demo;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.random.RandomGenerator;
import java.util.stream.Collectors;

/**
 * What one simulated agent does all day: connects, talks at a rate that swells and ebbs, tells that
 * it lives, leaves now and then, and comes back after a pause that grows while nobody lets it in.
 */
final class Conversation implements Runnable {

    private static final Duration HEARTBEAT_EVERY = Duration.ofSeconds(10);
    private static final Duration SWELL = Duration.ofSeconds(90);
    private static final double MESSAGES_PER_SECOND = 3.3;
    private static final long PAUSE_MIN_MS = 500;
    private static final long PAUSE_MAX_MS = 15_000;
    private static final int STAY_MIN_SECONDS = 60;
    private static final int STAY_MAX_SECONDS = 300;
    private static final int SENTENCES_MAX = 8;

    private static final List<String> SUBJECTS =
            List.of("tasks.new", "tasks.new", "tasks.progress", "results.draft", "results.final");

    private static final List<String> SENTENCES =
            List.of(
                    "The draft is ready for review.",
                    "Two of the sources disagree on the year.",
                    "Indexed another batch of documents.",
                    "Please check the third claim again.",
                    "I suggest a shorter summary.",
                    "The crawl found nothing new on that topic.",
                    "Splitting the task in three parts.",
                    "Done with the second part.");

    private final DemoAgent agent;
    private final RandomGenerator random;

    Conversation(DemoAgent agent, RandomGenerator random) {
        this.agent = agent;
        this.random = random;
    }

    /** Until it is interrupted. */
    @Override
    public void run() {
        long pause = PAUSE_MIN_MS;
        try {
            while (true) {
                try (DemoAgent.Session session = agent.connect()) {
                    pause = PAUSE_MIN_MS;
                    talk(session);
                } catch (IOException | RuntimeException e) {
                    if (Thread.currentThread().isInterrupted()) {
                        return;
                    }
                    pause = Math.min(PAUSE_MAX_MS, pause * 2);
                }
                TimeUnit.MILLISECONDS.sleep(pause);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void talk(DemoAgent.Session session) throws InterruptedException {
        long begin = System.nanoTime();
        long leave =
                begin
                        + TimeUnit.SECONDS.toNanos(
                                random.nextInt(STAY_MIN_SECONDS, STAY_MAX_SECONDS));
        long heartbeat = begin;
        while (session.isOpen() && System.nanoTime() < leave) {
            long now = System.nanoTime();
            if (now >= heartbeat) {
                session.heartbeat();
                heartbeat = now + HEARTBEAT_EVERY.toNanos();
            }
            session.publish(SUBJECTS.get(random.nextInt(SUBJECTS.size())), message());
            TimeUnit.MICROSECONDS.sleep(untilNextMicros(now));
        }
    }

    private long untilNextMicros(long now) {
        double phase = 2 * Math.PI * (now % SWELL.toNanos()) / SWELL.toNanos();
        double rate = MESSAGES_PER_SECOND * (1 + 0.6 * Math.sin(phase));
        double seconds = Math.min(5, -Math.log(1 - random.nextDouble()) / rate);
        return (long) (seconds * 1_000_000);
    }

    private String message() {
        String text =
                random.ints(random.nextInt(1, SENTENCES_MAX), 0, SENTENCES.size())
                        .mapToObj(SENTENCES::get)
                        .collect(Collectors.joining(" "));
        return "{\"from\":\"" + agent.id() + "\",\"text\":\"" + text + "\"}";
    }
}
