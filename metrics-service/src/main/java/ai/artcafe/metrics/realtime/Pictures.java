package ai.artcafe.metrics.realtime;

import ai.artcafe.metrics.answer.LastAnswers;
import ai.artcafe.metrics.answer.Question;
import ai.artcafe.runtime.store.TenantRecord;
import com.github.benmanes.caffeine.cache.AsyncCache;
import com.github.benmanes.caffeine.cache.Caffeine;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.function.Supplier;

/**
 * Tenants as they are right now, or as they were last known while a store is away. All who ask for
 * the same within a tenth of a second share one picture, and who asks while it is made waits for
 * it. Thread-safe.
 */
@ApplicationScoped
public class Pictures {

    private static final Duration SHARED = Duration.ofMillis(100);
    private static final int CAPACITY = 10_000;

    private final LivePicture live;
    private final LastAnswers answers;
    private final AsyncCache<Question, Picture> pictures =
            Caffeine.newBuilder()
                    .maximumSize(CAPACITY)
                    .expireAfterWrite(SHARED)
                    .executor(Runnable::run)
                    .buildAsync();

    Pictures(LivePicture live, LastAnswers answers) {
        this.live = live;
        this.answers = answers;
    }

    /**
     * @throws ai.artcafe.runtime.store.StoreAwayException when a store is away and nothing is known
     */
    public Picture of(TenantRecord tenant) {
        Question question = new Question(tenant.tenantId(), tenant.tier(), "realtime");
        CompletableFuture<Picture> mine = new CompletableFuture<>();
        CompletableFuture<Picture> shared = pictures.get(question, (_, _) -> mine);
        if (shared == mine) {
            take(question, tenant, mine);
        }
        return await(shared);
    }

    private void take(Question question, TenantRecord tenant, CompletableFuture<Picture> promised) {
        try {
            Look look = new Look(tenant);
            RealtimeAnswer answer = answers.answer(question, RealtimeAnswer.class, look);
            promised.complete(new Picture(answer, look.track));
        } catch (RuntimeException error) {
            promised.completeExceptionally(error);
        }
    }

    /**
     * Keeps the track of the answer that it gives; there is none of an answer that is not fresh.
     */
    private final class Look implements Supplier<RealtimeAnswer> {

        private final TenantRecord tenant;
        private Optional<Track> track = Optional.empty();

        private Look(TenantRecord tenant) {
            this.tenant = tenant;
        }

        @Override
        public RealtimeAnswer get() {
            Picture fresh = live.of(tenant);
            track = fresh.track();
            return fresh.answer();
        }
    }

    /** Nobody waits for longer than Redis is waited for. */
    private static Picture await(CompletableFuture<Picture> shared) {
        try {
            return shared.join();
        } catch (CompletionException failed) {
            if (failed.getCause() instanceof RuntimeException error) {
                throw error;
            }
            throw failed;
        }
    }
}
