package ai.artcafe.metrics.usage.export;

import ai.artcafe.metrics.store.Booked;
import ai.artcafe.metrics.store.BookedSlice;
import ai.artcafe.metrics.store.Freshness;
import ai.artcafe.metrics.store.LiveUsage;
import ai.artcafe.metrics.store.UsageOwner.OfTenant;
import ai.artcafe.metrics.usage.Amount;
import ai.artcafe.metrics.usage.Ledger;
import ai.artcafe.metrics.usage.export.Layout.Checkpoint;
import ai.artcafe.model.problem.ErrorCode;
import ai.artcafe.model.problem.ProblemException;
import com.github.benmanes.caffeine.cache.AsyncCache;
import com.github.benmanes.caffeine.cache.Caffeine;
import jakarta.enterprise.context.ApplicationScoped;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Clock;
import java.time.Instant;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executor;
import java.util.concurrent.Executors;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Makes files of usage. A file's version is what the ledger says of how often the tenant's totals
 * of its time have changed ({@code progress}): whatever is booked to anyone within the tenant moves
 * it, in the same atomic step. So a version is known before anything of the file is read, and tells
 * after the last row whether all of it was of one. What a version is (its length, its checksum) is
 * known once it has been made from its beginning, and remembered. Thread-safe.
 */
@ApplicationScoped
class Exports {

    /** Changes with the form of the rows. */
    private static final String FORM = "1";

    private static final int TAG_BYTES = 18;
    private static final long CHECKPOINTS_HELD = 50_000;

    private final LiveUsage live;
    private final Ledger ledger;
    private final RowReader reader;
    private final RowWriter writer;
    private final Clock clock;
    private final Executor measuring = Executors.newVirtualThreadPerTaskExecutor();
    private final AsyncCache<String, Layout> layouts =
            Caffeine.newBuilder()
                    .maximumWeight(CHECKPOINTS_HELD)
                    .weigher((String _, Layout layout) -> 1 + layout.checkpoints().size())
                    .executor(Runnable::run)
                    .buildAsync();

    Exports(LiveUsage live, Ledger ledger, RowReader reader, RowWriter writer, Clock clock) {
        this.live = live;
        this.ledger = ledger;
        this.reader = reader;
        this.writer = writer;
        this.clock = clock;
    }

    /**
     * The file as it can be had now.
     *
     * @throws ProblemException {@code unavailable} while it is not known how far the ledger is
     */
    ExportFile file(ExportRequest request) {
        Freshness freshness = live.freshness();
        Instant completeThrough =
                freshness
                        .completeThrough()
                        .orElseThrow(() ->
                                new ProblemException(
                                        ErrorCode.UNAVAILABLE,
                                        "It is not known yet how far the usage is complete.",
                                        Map.of("retry_after", "5")));
        ExportPlan plan = ExportPlan.of(request, completeThrough, clock.instant());
        return version(plan, freshness);
    }

    private ExportFile version(ExportPlan plan, Freshness freshness) {
        Instant now = clock.instant();
        return new ExportFile(
                plan,
                freshness,
                plan.isSettled() ? Optional.of(tag(plan, now)) : Optional.empty(),
                Amount.of(
                        ledger.sum(
                                new OfTenant(plan.request().tenant()),
                                plan.range().slices(now),
                                now)));
    }

    private String tag(ExportPlan plan, Instant now) {
        ExportRequest request = plan.request();
        List<BookedSlice> slices = plan.tenantSlices();
        Map<BookedSlice, Booked> booked = ledger.read(slices, now);
        return digest(
                Stream.concat(
                                Stream.of(
                                        FORM,
                                        request.tenant(),
                                        request.granularity(),
                                        request.format(),
                                        request.zone(),
                                        request.byAgent(),
                                        plan.range()),
                                slices.stream()
                                        .map(slice ->
                                                booked.getOrDefault(slice, Booked.NOTHING)
                                                        .progress()))
                        .map(Object::toString)
                        .collect(Collectors.joining("|")));
    }

    private static String digest(String version) {
        try {
            byte[] digest =
                    MessageDigest.getInstance("SHA-256")
                            .digest(version.getBytes(StandardCharsets.UTF_8));
            return Base64.getUrlEncoder()
                    .withoutPadding()
                    .encodeToString(Arrays.copyOf(digest, TAG_BYTES));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }

    /** What the file is, where that is known or soon found out. */
    Optional<Layout> layoutAtOnce(ExportFile file) {
        Optional<Layout> known =
                file.tag()
                        .flatMap(tag -> Optional.ofNullable(layouts.getIfPresent(tag)))
                        .filter(CompletableFuture::isDone)
                        .filter(done -> !done.isCompletedExceptionally())
                        .map(CompletableFuture::join);
        return known.isPresent() || file.tag().isEmpty() || !reader.isOnePart(file.plan())
                ? known
                : Optional.of(layout(file));
    }

    /** What the file is; it is made from its beginning where that is not known. */
    Layout layout(ExportFile file) {
        try {
            return layouts.get(
                            file.tag().orElseThrow(),
                            (_, _) -> CompletableFuture.supplyAsync(() -> measure(file), measuring))
                    .get();
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            throw new CompletionException(stopped);
        } catch (ExecutionException failed) {
            if (failed.getCause() instanceof RuntimeException error) {
                throw error;
            }
            throw new CompletionException(failed.getCause());
        }
    }

    private Layout measure(ExportFile file) {
        try {
            return writeAll(file, OutputStream.nullOutputStream());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /**
     * All of it.
     *
     * @throws ChangedMeanwhileException before the end, when it is not of one version
     */
    Layout writeAll(ExportFile file, OutputStream out) throws IOException {
        Measure measure = new Measure();
        byte[] beginning = writer.beginning(file.plan().request().format());
        measure.beginning(beginning);
        out.write(beginning);
        try (Ahead<Part> parts = new Ahead<>(reader.parts(file.plan(), Optional.empty()))) {
            while (parts.hasNext()) {
                Part part = parts.next();
                byte[] bytes = writer.bytes(file.plan().request().format(), part.rows());
                measure.part(part, bytes);
                if (!parts.hasNext()) {
                    requireUnchanged(file);
                }
                out.write(bytes);
            }
        }
        Layout layout = measure.layout();
        file.tag().ifPresent(tag -> layouts.put(tag, CompletableFuture.completedFuture(layout)));
        return layout;
    }

    /**
     * Some bytes of it.
     *
     * @throws ChangedMeanwhileException before the end, when it is not of one version
     */
    void write(ExportFile file, Layout layout, ByteSpan span, OutputStream out) throws IOException {
        ExportFormat format = file.plan().request().format();
        Checkpoint begin = layout.before(span.first());
        Window window = new Window(out, span.first() - begin.offset(), span.length());
        if (begin.after().isEmpty()) {
            window.write(writer.beginning(format));
        }
        try (Ahead<Part> parts = new Ahead<>(reader.parts(file.plan(), begin.after()))) {
            while (!window.isFull() && parts.hasNext()) {
                byte[] bytes = writer.bytes(format, parts.next().rows());
                if (window.isFilledBy(bytes)) {
                    requireUnchanged(file);
                }
                window.write(bytes);
            }
        }
        if (!window.isFull()) {
            throw new ChangedMeanwhileException("shorter than it was");
        }
    }

    private void requireUnchanged(ExportFile file) {
        if (file.tag().isPresent()
                && !version(file.plan(), file.freshness()).tag().equals(file.tag())) {
            throw new ChangedMeanwhileException("corrected while it was given out");
        }
    }
}
