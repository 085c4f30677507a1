package ai.artcafe.tracker.tap;

import ai.artcafe.model.identity.Slot;
import ai.artcafe.model.usage.Traffic;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.util.function.ObjLongConsumer;

/**
 * Counts what comes through one dispatcher of the tap, by slot. It runs for every message of every
 * tenant: no lock, no allocation, no clock.
 *
 * <p>One thread counts, any thread reads. A reader sees each number whole, but may see a message
 * whose bytes are not there yet.
 */
public final class TapCounter {

    private static final VarHandle ELEMENT = MethodHandles.arrayElementVarHandle(long[].class);
    private static final int PREFIX = "S0001.".length();

    private final long[] messages;
    private final long[] bytes;
    private final ObjLongConsumer<String> control;
    private final int slots;

    /**
     * @param slots how many slots there are, from 1
     * @param control takes the subject, without its slot, and the size in bytes of a message whose
     *     subject begins with {@code _} and that is no reply
     */
    public TapCounter(int slots, ObjLongConsumer<String> control) {
        this.slots = slots;
        this.messages = new long[slots + 1];
        this.bytes = new long[slots + 1];
        this.control = control;
    }

    /**
     * Counts a message. What the server itself puts into an account, under a subject that begins
     * with {@code $}, is no tenant's.
     *
     * @param subject as the tap gets it, its slot in front: {@code S0001.tenant.acme.tasks.new}
     * @param size bytes of payload and headers
     */
    public void count(String subject, long size) {
        int slot = slot(subject);
        if (slot > 0 && subject.length() > PREFIX + 1) {
            char first = subject.charAt(PREFIX);
            if (first == '_' && subject.charAt(PREFIX + 1) != 'I') {
                control.accept(subject.substring(PREFIX), size);
            } else if (first == '$') {
                slot = 0;
            }
        }
        ELEMENT.setOpaque(bytes, slot, bytes[slot] + size);
        ELEMENT.setRelease(messages, slot, messages[slot] + 1);
    }

    /** What has come since the start for a slot. */
    public Traffic counted(Slot slot) {
        return counted(Integer.parseInt(slot.account(), 1, slot.account().length(), 10));
    }

    /** How many slots it tells apart. */
    public int slots() {
        return slots;
    }

    /** What has come since the start for the slot of that number, from 1; 0 is all others. */
    Traffic counted(int number) {
        long m = (long) ELEMENT.getAcquire(messages, number);
        return new Traffic(m, (long) ELEMENT.getOpaque(bytes, number));
    }

    /** Messages since the start, whatever their slot. */
    public long messages() {
        long sum = 0;
        for (int i = 0; i <= slots; i++) {
            sum += (long) ELEMENT.getAcquire(messages, i);
        }
        return sum;
    }

    private int slot(String subject) {
        if (subject.length() < PREFIX
                || subject.charAt(0) != 'S'
                || subject.charAt(PREFIX - 1) != '.') {
            return 0;
        }
        int number = 0;
        for (int i = 1; i < PREFIX - 1; i++) {
            int digit = subject.charAt(i) - '0';
            if (digit < 0 || digit > 9) {
                return 0;
            }
            number = number * 10 + digit;
        }
        return number <= slots ? number : 0;
    }
}
