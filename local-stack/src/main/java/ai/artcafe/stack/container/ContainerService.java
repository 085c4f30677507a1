package ai.artcafe.stack.container;

import ai.artcafe.stack.BackingService;
import ai.artcafe.stack.StackException;
import ai.artcafe.stack.container.ContainerEngine.FixedPortContainer;
import com.github.dockerjava.api.DockerClient;
import com.github.dockerjava.api.command.InspectContainerResponse.ContainerState;
import java.util.Objects;

/**
 * A part that runs in a container. Killed or stopped, the container stays, with its files and its
 * ports, and is started again. Safe for use by several threads.
 */
final class ContainerService implements BackingService {

    private static final int STOP_WITHIN_SECONDS = 15;

    private final String name;
    private final int port;
    private final FixedPortContainer container;
    private boolean created; // guarded by this

    ContainerService(String name, int port, FixedPortContainer container) {
        this.name = name;
        this.port = port;
        this.container = container;
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public int port() {
        return port;
    }

    @Override
    public synchronized long pid() {
        if (!isRunning()) {
            throw new StackException(name + " does not run");
        }
        return Objects.requireNonNull(state().getPidLong());
    }

    @Override
    public synchronized boolean isRunning() {
        return created && Boolean.TRUE.equals(state().getRunning());
    }

    @Override
    public synchronized void kill() {
        if (isRunning()) {
            docker().killContainerCmd(container.getContainerId()).withSignal("KILL").exec();
            awaitEnd();
        }
    }

    @Override
    public synchronized void stop() {
        if (isRunning()) {
            docker().stopContainerCmd(container.getContainerId())
                    .withTimeout(STOP_WITHIN_SECONDS)
                    .exec();
            awaitEnd();
        }
    }

    @Override
    public synchronized void start() {
        if (isRunning()) {
            return;
        }
        try {
            if (created) {
                docker().startContainerCmd(container.getContainerId()).exec();
                container.awaitAnswer();
            } else {
                container.start();
                created = true;
            }
        } catch (RuntimeException e) {
            throw new StackException(name + " did not come up in its container", e);
        }
    }

    private void awaitEnd() {
        docker().waitContainerCmd(container.getContainerId())
                .start()
                .awaitStatusCode(STOP_WITHIN_SECONDS, java.util.concurrent.TimeUnit.SECONDS);
    }

    private ContainerState state() {
        return docker().inspectContainerCmd(container.getContainerId()).exec().getState();
    }

    private DockerClient docker() {
        return container.getDockerClient();
    }
}
