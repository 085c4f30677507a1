package ai.artcafe.model.flow;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;

/**
 * What flowed of one tenant in a span of time, as far as one tap or several saw it. Messages and
 * bytes are exact; the rest is looked at in detail on a sample where there is too much of it, and
 * scaled to all. A merge of two is the flow of both.
 *
 * <p>Not thread-safe.
 */
public final class Flow {

    /** Different subjects and channels that are told apart exactly: three quarters of these. */
    private static final int SUBJECTS = 256;

    private static final int CHANNELS = 128;

    private static final int VERSION = 1;

    private long messages;
    private long bytes;
    private long control;
    private long controlBytes;
    private long inspected;
    private long serviceErrors;
    private final Distribution sizes;
    private final Distribution latency;
    private final Ranking subjects;
    private final Ranking channels;
    private final DistinctItems distinctSubjects;

    public Flow() {
        this(
                new Distribution(),
                new Distribution(),
                new Ranking(SUBJECTS),
                new Ranking(CHANNELS),
                new DistinctItems());
    }

    private Flow(
            Distribution sizes,
            Distribution latency,
            Ranking subjects,
            Ranking channels,
            DistinctItems distinctSubjects) {
        this.sizes = sizes;
        this.latency = latency;
        this.subjects = subjects;
        this.channels = channels;
        this.distinctSubjects = distinctSubjects;
    }

    /** So many messages flowed, with so many bytes of payload and headers; control is apart. */
    public void count(long moreMessages, long moreBytes) {
        messages += moreMessages;
        bytes += moreBytes;
    }

    /** So many heartbeats and the like. */
    public void countControl(long moreMessages, long moreBytes) {
        control += moreMessages;
        controlBytes += moreBytes;
    }

    /** So many messages were looked at in detail. */
    public void countInspected(long more) {
        inspected += more;
    }

    /** So many messages said that a service failed. */
    public void countServiceErrors(long more) {
        serviceErrors += more;
    }

    public void merge(Flow other) {
        messages += other.messages;
        bytes += other.bytes;
        control += other.control;
        controlBytes += other.controlBytes;
        inspected += other.inspected;
        serviceErrors += other.serviceErrors;
        sizes.merge(other.sizes);
        latency.merge(other.latency);
        subjects.merge(other.subjects);
        channels.merge(other.channels);
        distinctSubjects.merge(other.distinctSubjects);
    }

    public long messages() {
        return messages;
    }

    public long bytes() {
        return bytes;
    }

    /** Heartbeats and the like, which are not among the messages. */
    public long control() {
        return control;
    }

    public long controlBytes() {
        return controlBytes;
    }

    /** How many of the messages were looked at in detail: all, or one in so many. */
    public long inspected() {
        return inspected;
    }

    /** Messages with the header {@code Nats-Service-Error-Code}. */
    public long serviceErrors() {
        return serviceErrors;
    }

    /** Bytes of payload and headers by message. */
    public Distribution sizes() {
        return sizes;
    }

    /** Milliseconds from {@code Artcafe-Sent-At} to the tap, of the messages that have it. */
    public Distribution latency() {
        return latency;
    }

    /** Messages by subject, relative to the tenant; replies are under {@code _INBOX}. */
    public Ranking subjects() {
        return subjects;
    }

    /** Messages by channel. */
    public Ranking channels() {
        return channels;
    }

    /** The subjects, replies not among them. */
    public DistinctItems distinctSubjects() {
        return distinctSubjects;
    }

    /** For {@link #of}. */
    public byte[] toBytes() {
        ByteArrayOutputStream bytesOut = new ByteArrayOutputStream(1024);
        try (DataOutputStream out = new DataOutputStream(bytesOut)) {
            out.writeByte(VERSION);
            for (long number :
                    new long[] {messages, bytes, control, controlBytes, inspected, serviceErrors}) {
                out.writeLong(number);
            }
            write(out, sizes.toBytes());
            write(out, latency.toBytes());
            write(out, subjects.toBytes());
            write(out, channels.toBytes());
            write(out, distinctSubjects.toBytes());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return bytesOut.toByteArray();
    }

    /**
     * @throws IllegalArgumentException when the bytes are not of {@link #toBytes()}
     */
    public static Flow of(byte[] bytes) {
        try (DataInputStream in = new DataInputStream(new ByteArrayInputStream(bytes))) {
            if (in.readByte() != VERSION) {
                throw new IllegalArgumentException("not a flow of version " + VERSION);
            }
            long[] numbers = new long[6];
            for (int i = 0; i < numbers.length; i++) {
                numbers[i] = in.readLong();
            }
            Flow flow =
                    new Flow(
                            Distribution.of(read(in)),
                            Distribution.of(read(in)),
                            Ranking.of(read(in)),
                            Ranking.of(read(in)),
                            DistinctItems.of(read(in)));
            flow.count(numbers[0], numbers[1]);
            flow.countControl(numbers[2], numbers[3]);
            flow.countInspected(numbers[4]);
            flow.countServiceErrors(numbers[5]);
            return flow;
        } catch (IOException e) {
            throw new IllegalArgumentException("not a flow", e);
        }
    }

    private static void write(DataOutputStream out, byte[] part) throws IOException {
        out.writeInt(part.length);
        out.write(part);
    }

    private static byte[] read(DataInputStream in) throws IOException {
        int length = in.readInt();
        if (length < 0 || length > in.available()) {
            throw new IllegalArgumentException("not a flow: length " + length);
        }
        return in.readNBytes(length);
    }
}
