package ai.artcafe.model.flow;

import ai.artcafe.model.identity.AgentId;
import ai.artcafe.model.identity.Attribution;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.zip.Deflater;
import java.util.zip.DeflaterOutputStream;
import java.util.zip.InflaterInputStream;

/**
 * All that is kept of a tenant's span of time: what the taps saw, what each agent published by the
 * ledger, and what went wrong. A longer span is the merge of its shorter ones.
 *
 * <p>Not thread-safe.
 */
public final class FlowSketches {

    /** Agents that are told apart exactly: three quarters of these. */
    private static final int AGENTS = 256;

    private static final int VERSION = 1;
    private static final double LN2 = Math.log(2);

    private final Flow flow;
    private final Ranking agents;
    private final DistinctItems activeAgents;
    private final Map<String, Long> signals;

    public FlowSketches() {
        this(new Flow(), new Ranking(AGENTS), new DistinctItems(), new TreeMap<>());
    }

    private FlowSketches(
            Flow flow, Ranking agents, DistinctItems activeAgents, Map<String, Long> signals) {
        this.flow = flow;
        this.agents = agents;
        this.activeAgents = activeAgents;
        this.signals = signals;
    }

    /** What one tap saw. */
    public void add(Flow share) {
        flow.merge(share);
    }

    /** What was published on someone's account; nothing for no messages. */
    public void add(Attribution publisher, long messages) {
        if (messages > 0) {
            agents.add(publisher.value(), messages);
            if (publisher instanceof AgentId agent) {
                activeAgents.add(agent.value());
            }
        }
    }

    /**
     * What went wrong.
     *
     * @param signal not {@link ErrorSignal#SERVICE_ERROR}, which is in the flow
     */
    public void add(ErrorSignal signal, long times) {
        if (signal == ErrorSignal.SERVICE_ERROR) {
            throw new IllegalArgumentException("service errors are counted by the taps");
        }
        if (times > 0) {
            signals.merge(signal.id(), times, Long::sum);
        }
    }

    public void merge(FlowSketches other) {
        flow.merge(other.flow);
        agents.merge(other.agents);
        activeAgents.merge(other.activeAgents);
        other.signals.forEach((signal, times) -> signals.merge(signal, times, Long::sum));
    }

    public Flow flow() {
        return flow;
    }

    /** Messages by {@link Attribution#value()}, by the ledger. */
    public Ranking agents() {
        return agents;
    }

    /** The agents that published anything. */
    public DistinctItems activeAgents() {
        return activeAgents;
    }

    /** How often what went wrong, by {@link ErrorSignal#id()}; those without any are left out. */
    public Map<String, Long> errors() {
        Map<String, Long> errors = new HashMap<>(signals);
        if (flow.serviceErrors() > 0) {
            errors.put(ErrorSignal.SERVICE_ERROR.id(), flow.serviceErrors());
        }
        return errors;
    }

    /** Grows with whatever is added: of two states of the same span the one with more is newer. */
    public long progress() {
        return flow.messages()
                + flow.control()
                + flow.inspected()
                + agents.total()
                + errors().values().stream().mapToLong(Long::longValue).sum();
    }

    /** The numbers of it all. */
    public FlowPoint point(Instant start) {
        return new FlowPoint(
                start,
                flow.messages(),
                flow.bytes(),
                flow.control(),
                flow.inspected(),
                Math.round(activeAgents.estimate()),
                Math.round(flow.distinctSubjects().estimate()),
                subjectEntropy(),
                errors(),
                flow.latency().quantile(0.5),
                flow.latency().quantile(0.95),
                flow.latency().quantile(0.99));
    }

    /** What is in no entry for certain is taken as spread evenly over the other subjects. */
    private double subjectEntropy() {
        Ranking subjects = flow.subjects();
        double total = subjects.total();
        if (total == 0) {
            return 0;
        }
        List<Ranking.Entry> known = subjects.top(Integer.MAX_VALUE);
        double rest = total;
        double bits = 0;
        for (Ranking.Entry entry : known) {
            rest -= entry.atLeast();
            bits += bits(entry.atLeast() / total, 1);
        }
        double others = Math.max(1, flow.distinctSubjects().estimate() - known.size());
        return Math.max(0, bits + bits(rest / total, others));
    }

    /** Of a share that is spread over so many. */
    private static double bits(double share, double over) {
        return share <= 0 ? 0 : share * Math.log(over / share) / LN2;
    }

    /** Compressed, for {@link #of}. */
    public byte[] toBytes() {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream(1024);
        bytes.write(VERSION);
        Deflater deflater = new Deflater(Deflater.BEST_SPEED);
        try (DataOutputStream out =
                new DataOutputStream(new DeflaterOutputStream(bytes, deflater))) {
            write(out, flow.toBytes());
            write(out, agents.toBytes());
            write(out, activeAgents.toBytes());
            out.writeInt(signals.size());
            for (Map.Entry<String, Long> signal : signals.entrySet()) {
                out.writeUTF(signal.getKey());
                out.writeLong(signal.getValue());
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } finally {
            deflater.end();
        }
        return bytes.toByteArray();
    }

    /**
     * @throws IllegalArgumentException when the bytes are not of {@link #toBytes()}
     */
    public static FlowSketches of(byte[] bytes) {
        ByteArrayInputStream raw = new ByteArrayInputStream(bytes);
        if (raw.read() != VERSION) {
            throw new IllegalArgumentException("not sketches of version " + VERSION);
        }
        try (DataInputStream in = new DataInputStream(new InflaterInputStream(raw))) {
            Flow flow = Flow.of(read(in));
            Ranking agents = Ranking.of(read(in));
            DistinctItems active = DistinctItems.of(read(in));
            Map<String, Long> signals = new TreeMap<>();
            int count = in.readInt();
            for (int i = 0; i < count; i++) {
                signals.put(in.readUTF(), in.readLong());
            }
            return new FlowSketches(flow, agents, active, signals);
        } catch (IOException e) {
            throw new IllegalArgumentException("not sketches", e);
        }
    }

    private static void write(DataOutputStream out, byte[] part) throws IOException {
        out.writeInt(part.length);
        out.write(part);
    }

    private static byte[] read(DataInputStream in) throws IOException {
        int length = in.readInt();
        byte[] part = in.readNBytes(Math.max(0, length));
        if (part.length != length) {
            throw new IllegalArgumentException("not sketches: length " + length);
        }
        return part;
    }
}
