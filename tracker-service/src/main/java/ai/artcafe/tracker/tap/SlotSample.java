package ai.artcafe.tracker.tap;

import java.util.Arrays;

/** What is being looked at of one slot. One thread adds, another takes it away; guarded by this. */
final class SlotSample {

    private static final int FIRST = 16;

    private int count;
    private String[] subjects = new String[FIRST];
    private int[] sizes = new int[FIRST];
    private int[] weights = new int[FIRST];
    private int[] latencies = new int[FIRST];
    private long serviceErrors;

    synchronized void add(
            String subject, int size, int weight, int latency, boolean isServiceError) {
        if (count == subjects.length) {
            grow();
        }
        subjects[count] = subject;
        sizes[count] = size;
        weights[count] = weight;
        latencies[count] = latency;
        count++;
        if (isServiceError) {
            serviceErrors += weight;
        }
    }

    private void grow() {
        int length = 4 * subjects.length;
        subjects = Arrays.copyOf(subjects, length);
        sizes = Arrays.copyOf(sizes, length);
        weights = Arrays.copyOf(weights, length);
        latencies = Arrays.copyOf(latencies, length);
    }

    /** What has been added since the last time. */
    synchronized TapDetail take() {
        if (count == 0) {
            if (subjects.length > FIRST) {
                begin(FIRST);
            }
            return TapDetail.NONE;
        }
        TapDetail taken = new TapDetail(count, subjects, sizes, weights, latencies, serviceErrors);
        begin(Math.max(FIRST, count));
        return taken;
    }

    private void begin(int room) {
        count = 0;
        subjects = new String[room];
        sizes = new int[room];
        weights = new int[room];
        latencies = new int[room];
        serviceErrors = 0;
    }
}
