package ai.artcafe.tracker.tap;

import ai.artcafe.model.identity.Slot;
import ai.artcafe.model.usage.Traffic;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;

/**
 * Counts what comes through one dispatcher of the tap, by slot, and tells what a message is. It
 * runs for every message of every tenant: no lock, no allocation, no clock.
 *
 * <p>One thread counts, any thread reads. A reader sees each number whole, but may see bytes whose
 * message is not there yet.
 */
public final class TapCounter {

    private static final VarHandle ELEMENT = MethodHandles.arrayElementVarHandle(long[].class);
    private static final int PREFIX = "S0001.".length();

    private final long[] messages;
    private final long[] bytes;
    private final long[] control;
    private final long[] controlBytes;
    private final int slots;

    /**
     * @param slots how many slots there are, from 1
     */
    public TapCounter(int slots) {
        this.slots = slots;
        this.messages = new long[slots + 1];
        this.bytes = new long[slots + 1];
        this.control = new long[slots + 1];
        this.controlBytes = new long[slots + 1];
    }

    /**
     * Counts a message. What the server itself puts into an account, under a subject that begins
     * with {@code $}, is no tenant's.
     *
     * @param subject as the tap gets it, its slot in front: {@code S0001.tenant.acme.tasks.new}
     * @param size bytes of payload and headers
     * @return the number of the slot that a message is of; the same below zero when its subject
     *     begins with {@code _} and it is no reply; 0 when it is no tenant's
     */
    public int count(String subject, long size) {
        int slot = slot(subject);
        if (slot > 0 && subject.length() > PREFIX + 1) {
            char first = subject.charAt(PREFIX);
            if (first == '_' && subject.charAt(PREFIX + 1) != 'I') {
                add(control, controlBytes, slot, size);
                return -slot;
            } else if (first == '$') {
                slot = 0;
            }
        }
        add(messages, bytes, slot, size);
        return slot;
    }

    private static void add(long[] number, long[] size, int slot, long more) {
        ELEMENT.setOpaque(size, slot, size[slot] + more);
        ELEMENT.setRelease(number, slot, number[slot] + 1);
    }

    /** The subject as it was published, without its slot. */
    public static String withoutSlot(String subject) {
        return subject.substring(PREFIX);
    }

    /** What has come since the start for a slot, control among it. */
    public Traffic counted(Slot slot) {
        int number = Integer.parseInt(slot.account(), 1, slot.account().length(), 10);
        return messages(number).plus(control(number));
    }

    /** How many slots it tells apart. */
    public int slots() {
        return slots;
    }

    /** What has come since the start for the slot of that number, from 1; 0 is all others. */
    Traffic messages(int number) {
        return read(messages, bytes, number);
    }

    /** Heartbeats and the like, which are not among the messages. */
    Traffic control(int number) {
        return read(control, controlBytes, number);
    }

    private static Traffic read(long[] number, long[] size, int slot) {
        long count = (long) ELEMENT.getAcquire(number, slot);
        return new Traffic(count, (long) ELEMENT.getOpaque(size, slot));
    }

    /** All that has come since the start, whatever its slot. */
    public long messages() {
        long sum = 0;
        for (int i = 0; i <= slots; i++) {
            sum += (long) ELEMENT.getAcquire(messages, i);
            sum += (long) ELEMENT.getAcquire(control, i);
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
