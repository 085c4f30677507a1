package ai.artcafe.nats.app;

import io.quarkus.runtime.QuarkusApplication;
import io.quarkus.runtime.annotations.QuarkusMain;
import jakarta.inject.Inject;

/** An application that is told to stop while it works on a message. */
@QuarkusMain
class DrainingApplication implements QuarkusApplication {

    @Inject SlowReadings readings;

    @Override
    public int run(String... args) throws Exception {
        readings.awaitFirst();
        return 0;
    }
}
