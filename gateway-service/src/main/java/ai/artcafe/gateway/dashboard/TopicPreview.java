package ai.artcafe.gateway.dashboard;

import ai.artcafe.gateway.broker.Delivery;
import ai.artcafe.gateway.broker.Subscriber;
import ai.artcafe.gateway.broker.TenantLink;
import ai.artcafe.gateway.frame.MessageFrame;
import ai.artcafe.model.subject.Subject;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.LongAdder;

/**
 * What passes by of a tenant's messages, as much of it as one socket wants and can take. Used by
 * its event loop, but for {@link #deliver}, which one thread at a time calls.
 */
final class TopicPreview implements Subscriber {

    private final DashboardServices services;
    private final Viewer viewer;
    private final PreviewRate rate;
    private final Breaker breaker;
    private final LongAdder delivered = new LongAdder();
    private final LongAdder suppressed = new LongAdder();
    private final LongAdder dropped = new LongAdder();
    private Tally told = Tally.NONE;
    private Optional<Watch> watch = Optional.empty();

    TopicPreview(DashboardServices services, Viewer viewer, int perSecond) {
        this.services = services;
        this.viewer = viewer;
        this.rate = new PreviewRate(perSecond);
        this.breaker =
                new Breaker(
                        services.config().outboundBytes(),
                        services.config().stallPatience().toMillis());
    }

    /**
     * @throws ai.artcafe.model.problem.ProblemException when it cannot begin
     */
    void begin(TenantLink link, List<Subject> subjects) {
        watch = Optional.of(Watch.begin(link, subjects, this));
    }

    void end() {
        watch.ifPresent(Watch::end);
        watch = Optional.empty();
    }

    @Override
    public void deliver(Delivery delivery) {
        if (breaker.isOpen() || !rate.take(services.clock().millis())) {
            suppressed.increment();
            services.meters().suppressed();
            return;
        }
        MessageFrame frame =
                delivery.absolute(message ->
                        new MessageFrame(services.frames().preview(message), 0, Optional.empty()));
        if (viewer.show(frame)) {
            delivered.increment();
            services.meters().previewed();
        } else {
            dropped.increment();
            services.meters().dropped();
        }
    }

    /** Cuts previews off, or lets them go on, as the client keeps up. */
    void look() {
        switch (breaker.look(viewer.waitingBytes(), services.clock().millis())) {
            case NONE -> {}
            case OPENED -> {
                services.meters().paused();
                viewer.send(services.frames().previewBreak("preview_paused", tally()));
            }
            case CLOSED -> viewer.send(services.frames().previewBreak("preview_resumed", tally()));
        }
    }

    /** Tells how many messages were not shown, if any were since it was told. */
    void tell() {
        Tally now = tally();
        if (!breaker.isOpen() && now.lacksMoreThan(told)) {
            told = now;
            viewer.send(services.frames().previewStats(now));
        }
    }

    private Tally tally() {
        return new Tally(delivered.sum(), suppressed.sum(), dropped.sum());
    }
}
