package ai.artcafe.stack.demo;

import ai.artcafe.model.identity.AgentId;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
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
            List.of(
                    "tasks.new",
                    "tasks.new",
                    "tasks.progress",
                    "results.draft",
                    "results.final",
                    "channel.research",
                    "channel.review");

    /** One message in so many is a question to an agent. */
    private static final int QUESTION_EVERY = 20;

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

    private final List<AgentId> answering;

    /**
     * @param answering those that answer questions
     */
    Conversation(DemoAgent agent, List<AgentId> answering, RandomGenerator random) {
        this.agent = agent;
        this.answering = answering;
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
                session.heartbeat(state(now));
                heartbeat = now + HEARTBEAT_EVERY.toNanos();
            }
            speak(session);
            TimeUnit.MICROSECONDS.sleep(untilNextMicros(now));
        }
    }

    private void speak(DemoAgent.Session session) {
        if (random.nextInt(QUESTION_EVERY) == 0) {
            AgentId other = answering.get(random.nextInt(answering.size()));
            session.ask("agent." + other + ".question", message());
        } else {
            session.publish(SUBJECTS.get(random.nextInt(SUBJECTS.size())), message());
        }
    }

    /** What it says of itself: it is degraded while there is most to do. */
    private String state(long now) {
        double load = 0.5 + 0.5 * swell(now);
        return String.format(
                Locale.ROOT,
                "\"status\":\"%s\",\"version\":\"1.4.0\",\"metrics\":{\"load\":%.2f,\"queue_depth\":%d}",
                load > 0.95 ? "degraded" : "healthy",
                load,
                random.nextInt(1 + (int) (20 * load)));
    }

    /** From -1 to 1. */
    private static double swell(long now) {
        return Math.sin(2 * Math.PI * (now % SWELL.toNanos()) / SWELL.toNanos());
    }

    private long untilNextMicros(long now) {
        double rate = MESSAGES_PER_SECOND * (1 + 0.6 * swell(now));
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
