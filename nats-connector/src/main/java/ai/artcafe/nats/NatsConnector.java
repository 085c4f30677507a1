package ai.artcafe.nats;

import static io.smallrye.reactive.messaging.annotations.ConnectorAttribute.Direction.INCOMING;
import static io.smallrye.reactive.messaging.annotations.ConnectorAttribute.Direction.INCOMING_AND_OUTGOING;
import static io.smallrye.reactive.messaging.annotations.ConnectorAttribute.Direction.OUTGOING;

import ai.artcafe.nats.connection.LastingConnection;
import ai.artcafe.nats.telemetry.ConnectorMeters;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Metrics;
import io.nats.client.Options;
import io.smallrye.common.annotation.Identifier;
import io.smallrye.reactive.messaging.annotations.ConnectorAttribute;
import io.smallrye.reactive.messaging.connector.InboundConnector;
import io.smallrye.reactive.messaging.connector.OutboundConnector;
import io.smallrye.reactive.messaging.health.HealthReport;
import io.smallrye.reactive.messaging.health.HealthReporter;
import io.smallrye.reactive.messaging.providers.connectors.ExecutionHolder;
import io.vertx.core.Context;
import io.vertx.core.impl.VertxInternal;
import jakarta.annotation.Priority;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.context.BeforeDestroyed;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.event.Reception;
import jakarta.enterprise.inject.Any;
import jakarta.enterprise.inject.Instance;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executor;
import java.util.concurrent.Flow;
import org.eclipse.microprofile.config.Config;
import org.eclipse.microprofile.reactive.messaging.Message;
import org.eclipse.microprofile.reactive.messaging.spi.Connector;

/**
 * Channels over NATS. Channels of the same {@code client-options-name} share one connection. At
 * shutdown the incoming channels drain first, then the outgoing ones, then the connections close.
 */
@ApplicationScoped
@Connector(NatsConnector.NAME)
@ConnectorAttribute(
        name = "client-options-name",
        direction = INCOMING_AND_OUTGOING,
        type = "string",
        defaultValue = "platform",
        description =
                "The identifier of the CDI bean of type io.nats.client.Options to connect with")
@ConnectorAttribute(
        name = "health-enabled",
        direction = INCOMING_AND_OUTGOING,
        type = "boolean",
        defaultValue = "true",
        description = "Whether the channel shows in the health of the service")
@ConnectorAttribute(
        name = "drain-timeout",
        direction = INCOMING_AND_OUTGOING,
        type = "int",
        defaultValue = "5000",
        description = "How long the channel may take at shutdown to settle what it has, in ms")
@ConnectorAttribute(
        name = "subject",
        direction = INCOMING,
        type = "string",
        mandatory = true,
        description = "The subject to subscribe to; wildcards are allowed")
@ConnectorAttribute(
        name = "queue-group",
        direction = INCOMING,
        type = "string",
        description =
                "The queue group that shares the subject's messages; without it, all come here")
@ConnectorAttribute(
        name = "batch",
        direction = INCOMING,
        type = "boolean",
        defaultValue = "false",
        description = "Whether the payload is a List<byte[]> of what has arrived, not one byte[]")
@ConnectorAttribute(
        name = "batch-size",
        direction = INCOMING,
        type = "int",
        defaultValue = "1000",
        description = "The most messages in one batch")
@ConnectorAttribute(
        name = "max-pending-messages",
        direction = INCOMING,
        type = "int",
        defaultValue = "65536",
        description = "The most messages that wait for the application; what comes then is dropped")
@ConnectorAttribute(
        name = "max-pending-bytes",
        direction = INCOMING,
        type = "long",
        defaultValue = "67108864",
        description = "The most payload bytes that wait for the application; more is dropped")
@ConnectorAttribute(
        name = "auto-acknowledgement",
        direction = INCOMING,
        type = "boolean",
        defaultValue = "true",
        description =
                "Whether delivery is enough; if false, +ACK is sent to the reply subject on ack")
@ConnectorAttribute(
        name = "failure-strategy",
        direction = INCOMING,
        type = "string",
        defaultValue = "fail",
        description = "What is done about a nacked message: fail, accept, reject or requeue")
@ConnectorAttribute(
        name = "subject",
        direction = OUTGOING,
        type = "string",
        description = "The subject to publish to, where OutgoingNatsMetadata names no other")
@ConnectorAttribute(
        name = "publish-confirms",
        direction = OUTGOING,
        type = "boolean",
        defaultValue = "false",
        description = "Whether a message is acked only when its receiver answered +ACK")
@ConnectorAttribute(
        name = "confirm-timeout",
        direction = OUTGOING,
        type = "int",
        defaultValue = "5000",
        description = "How long a message may wait for its confirm, or for room to be sent, in ms")
@ConnectorAttribute(
        name = "max-outstanding",
        direction = OUTGOING,
        type = "int",
        defaultValue = "1024",
        description = "The most messages that wait for their confirm; then no more are asked for")
public class NatsConnector implements InboundConnector, OutboundConnector, HealthReporter {

    /** What {@code connector} is set to. */
    public static final String NAME = "artcafe-nats";

    private final ExecutionHolder execution;
    private final Instance<Options> clientOptions;
    private final ConnectorMeters meters;
    private final List<IncomingChannel> incoming = new CopyOnWriteArrayList<>();
    private final List<OutgoingChannel> outgoing = new CopyOnWriteArrayList<>();
    private final Map<String, LastingConnection> connections = new ConcurrentHashMap<>();

    @Inject
    NatsConnector(
            ExecutionHolder execution,
            @Any Instance<Options> clientOptions,
            Instance<MeterRegistry> registries) {
        this.execution = execution;
        this.clientOptions = clientOptions;
        this.meters =
                new ConnectorMeters(
                        registries.isResolvable() ? registries.get() : Metrics.globalRegistry);
    }

    @Override
    public Flow.Publisher<? extends Message<?>> getPublisher(Config config) {
        NatsConnectorIncomingConfiguration attributes =
                new NatsConnectorIncomingConfiguration(config);
        IncomingChannel channel =
                new IncomingChannel(
                        attributes,
                        connection(attributes.getClientOptionsName(), attributes.getChannel()),
                        eventLoop(),
                        meters);
        incoming.add(channel);
        return channel.stream();
    }

    @Override
    public Flow.Subscriber<? extends Message<?>> getSubscriber(Config config) {
        NatsConnectorOutgoingConfiguration attributes =
                new NatsConnectorOutgoingConfiguration(config);
        OutgoingChannel channel =
                new OutgoingChannel(
                        attributes,
                        connection(attributes.getClientOptionsName(), attributes.getChannel()),
                        Thread::startVirtualThread,
                        meters);
        outgoing.add(channel);
        return channel.subscriber();
    }

    @Override
    public HealthReport getReadiness() {
        HealthReport.HealthReportBuilder report = HealthReport.builder();
        incoming.forEach(channel -> channel.health().addReadiness(report));
        outgoing.forEach(channel -> channel.health().addReadiness(report));
        return report.build();
    }

    @Override
    public HealthReport getStartup() {
        return getReadiness();
    }

    @Override
    public HealthReport getLiveness() {
        HealthReport.HealthReportBuilder report = HealthReport.builder();
        incoming.forEach(channel -> channel.health().addLiveness(report));
        outgoing.forEach(channel -> channel.health().addLiveness(report));
        return report.build();
    }

    /** Before the worker pools and Vert.x go, so that what is in work can be finished. */
    void drain(
            @Observes(notifyObserver = Reception.IF_EXISTS)
                    @Priority(50)
                    @BeforeDestroyed(ApplicationScoped.class)
                    Object event) {
        incoming.forEach(IncomingChannel::drain);
        outgoing.forEach(OutgoingChannel::drain);
        connections.values().forEach(connection -> connection.close(Duration.ofSeconds(2)));
        connections.clear();
    }

    private LastingConnection connection(String optionsName, String channel) {
        return connections.computeIfAbsent(
                optionsName, name -> LastingConnection.open(options(name, channel)));
    }

    private Options options(String name, String channel) {
        Instance<Options> named = clientOptions.select(Identifier.Literal.of(name));
        if (!named.isResolvable()) {
            throw new IllegalStateException(
                    ("channel '%s' needs one CDI bean of type io.nats.client.Options with"
                                    + " @Identifier(\"%s\")")
                            .formatted(channel, name));
        }
        return named.get();
    }

    private Executor eventLoop() {
        Context context =
                ((VertxInternal) execution.vertx().getDelegate()).createEventLoopContext();
        return task -> context.runOnContext(ignored -> task.run());
    }
}
