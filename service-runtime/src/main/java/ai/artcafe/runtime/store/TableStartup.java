package ai.artcafe.runtime.store;

import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import jakarta.annotation.Priority;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.interceptor.Interceptor;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jboss.logging.Logger;
import software.amazon.awssdk.core.exception.SdkException;

/**
 * Creates the tables when the service starts, before anything that uses them. A DynamoDB that is
 * away then does not keep the service from starting: it is tried again every second, and the health
 * check says so.
 */
@ApplicationScoped
class TableStartup {

    private static final Logger LOG = Logger.getLogger(TableStartup.class);
    private static final Duration PAUSE = Duration.ofSeconds(1);

    private final TableCreator creator;
    private final DynamoDbConfig config;
    private final CountDownLatch stopping = new CountDownLatch(1);

    TableStartup(TableCreator creator, DynamoDbConfig config) {
        this.creator = creator;
        this.config = config;
    }

    void start(@Observes @Priority(Interceptor.Priority.LIBRARY_BEFORE) StartupEvent event) {
        if (config.createTables() && !created()) {
            Thread.ofVirtual().name("create-tables").start(this::keepTrying);
        }
    }

    void stop(@Observes ShutdownEvent event) {
        stopping.countDown();
    }

    private void keepTrying() {
        try {
            while (!stopping.await(PAUSE.toMillis(), TimeUnit.MILLISECONDS)) {
                if (created()) {
                    return;
                }
            }
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
        }
    }

    private boolean created() {
        try {
            creator.createMissing();
            return true;
        } catch (SdkException error) {
            Optional<String> away = StoreOutages.storeAway(error);
            if (away.isEmpty()) {
                throw error;
            }
            LOG.warnf("tables not created yet, trying again error=%s", error.getMessage());
            return false;
        }
    }
}
