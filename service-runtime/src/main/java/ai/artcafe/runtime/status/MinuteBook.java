package ai.artcafe.runtime.status;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * The minutes that are not reported yet, or not all of them: the open one grows, closed ones wait
 * until they are kept. One thread reports; others may read the two numbers.
 */
final class MinuteBook {

    /** A report of so many agents is below what NATS takes. */
    private static final int REQUESTS_TOGETHER = 200;

    private static final Duration MINUTE = Duration.ofMinutes(1);

    private final ServiceInstance instance;
    private final ActivityRecorder recorder;
    private final int waitingMinutes;
    private final SortedMap<Instant, MinuteDraft> open = new TreeMap<>();
    private final SortedMap<Instant, List<MinuteReport>> closed = new TreeMap<>();
    private volatile long givenUp;
    private volatile int waiting;

    MinuteBook(ServiceInstance instance, ActivityRecorder recorder, int waitingMinutes) {
        this.instance = instance;
        this.recorder = recorder;
        this.waitingMinutes = waitingMinutes;
    }

    /**
     * Takes in what was recorded, and sends what is due: the oldest minutes first, until one is not
     * kept.
     *
     * @param now from before this call
     * @return whether all of it is kept
     */
    boolean report(Instant now, ReportSink sink) {
        try {
            return sendDue(now, sink);
        } finally {
            waiting = closed.size();
        }
    }

    private boolean sendDue(Instant now, ReportSink sink) {
        recorder.drain()
                .forEach((minute, draft) ->
                        open.computeIfAbsent(minute, _ -> recorder.draft()).add(draft));
        close(now);
        for (Instant minute : List.copyOf(closed.keySet())) {
            if (!sendAll(closed.getOrDefault(minute, List.of()), sink)) {
                return false;
            }
            closed.remove(minute);
        }
        for (Map.Entry<Instant, MinuteDraft> each : open.entrySet()) {
            if (!sendAll(reports(each.getKey(), each.getValue()), sink)) {
                return false;
            }
        }
        return true;
    }

    /** Minutes given up because they could not be reported for too long. */
    long givenUp() {
        return givenUp;
    }

    /** Closed minutes that wait. */
    int waiting() {
        return waiting;
    }

    private void close(Instant now) {
        for (Instant minute : List.copyOf(open.keySet())) {
            if (!minute.plus(MINUTE).isAfter(now)) {
                Optional.ofNullable(open.remove(minute))
                        .ifPresent(draft -> closed.put(minute, reports(minute, draft)));
            }
        }
        while (closed.size() > waitingMinutes) {
            closed.remove(closed.firstKey());
            givenUp++;
        }
    }

    private List<MinuteReport> reports(Instant minute, MinuteDraft draft) {
        List<MinuteReport> reports = new ArrayList<>();
        reports.add(report(minute, Optional.of(draft.activity()), List.of()));
        List<AgentRequests> requests = draft.requests();
        for (int from = 0; from < requests.size(); from += REQUESTS_TOGETHER) {
            int to = Math.min(requests.size(), from + REQUESTS_TOGETHER);
            reports.add(report(minute, Optional.empty(), requests.subList(from, to)));
        }
        return reports;
    }

    private MinuteReport report(
            Instant minute, Optional<ServiceActivity> activity, List<AgentRequests> requests) {
        return new MinuteReport(instance.service(), instance.id(), minute, activity, requests);
    }

    private static boolean sendAll(List<MinuteReport> reports, ReportSink sink) {
        for (MinuteReport report : reports) {
            if (!sink.send(report)) {
                return false;
            }
        }
        return true;
    }
}
