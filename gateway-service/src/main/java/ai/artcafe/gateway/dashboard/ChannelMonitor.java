package ai.artcafe.gateway.dashboard;

import ai.artcafe.gateway.broker.Delivery;
import ai.artcafe.gateway.broker.Subscriber;
import ai.artcafe.gateway.broker.TenantLink;
import ai.artcafe.gateway.frame.MessageFrame;
import ai.artcafe.model.identity.ChannelId;
import ai.artcafe.model.identity.TenantId;
import ai.artcafe.model.problem.ErrorCode;
import ai.artcafe.model.problem.ProblemException;
import ai.artcafe.model.subject.Subject;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.LongAdder;

/** The channels that one socket watches. Used by its event loop only. */
final class ChannelMonitor {

    private final DashboardServices services;
    private final TenantId tenant;
    private final TenantLink link;
    private final Viewer viewer;
    private final Map<ChannelId, Watch> watched = new HashMap<>();
    private final LongAdder delivered = new LongAdder();
    private final LongAdder dropped = new LongAdder();
    private Tally told = Tally.NONE;

    ChannelMonitor(DashboardServices services, TenantId tenant, TenantLink link, Viewer viewer) {
        this.services = services;
        this.tenant = tenant;
        this.link = link;
        this.viewer = viewer;
    }

    /** Watches a channel, and says so once NATS has it; again and again means once. */
    void add(ChannelId channel, Optional<String> id) {
        if (!watched.containsKey(channel)) {
            if (watched.size() >= services.config().channels()) {
                viewer.refuse(
                        ErrorCode.LIMIT_EXCEEDED,
                        "a dashboard may watch " + services.config().channels() + " channels",
                        id);
                return;
            }
            try {
                Subject subject = new Subject("channel." + channel);
                watched.put(
                        channel,
                        Watch.begin(
                                link,
                                services.subjects().subscriptions(tenant, subject),
                                new Ear(channel)));
            } catch (ProblemException e) {
                viewer.refuse(e.code(), e.detail(), id);
                return;
            }
        }
        link.flushed()
                .thenAccept(confirmed -> viewer.onLoop(() -> confirm(channel, id, confirmed)));
    }

    private void confirm(ChannelId channel, Optional<String> id, boolean confirmed) {
        if (!watched.containsKey(channel)) {
            return;
        }
        if (confirmed) {
            viewer.send(services.frames().channel("subscribed", channel, id));
        } else {
            end(channel);
            viewer.refuse(ErrorCode.UNAVAILABLE, "subscriptions cannot be made now", id);
        }
    }

    void remove(ChannelId channel, Optional<String> id) {
        end(channel);
        viewer.send(services.frames().channel("unsubscribed", channel, id));
    }

    private void end(ChannelId channel) {
        Optional.ofNullable(watched.remove(channel)).ifPresent(Watch::end);
    }

    void removeAll() {
        watched.values().forEach(Watch::end);
        watched.clear();
    }

    /** Tells how many messages were dropped, if any were since it was told. */
    void tell() {
        Tally now = new Tally(delivered.sum(), 0, dropped.sum());
        if (now.lacksMoreThan(told)) {
            told = now;
            viewer.send(services.frames().channelStats(now));
        }
    }

    /** Takes a channel's messages. */
    private final class Ear implements Subscriber {

        private final ChannelId channel;

        private Ear(ChannelId channel) {
            this.channel = channel;
        }

        @Override
        public void deliver(Delivery delivery) {
            MessageFrame frame =
                    delivery.relative(message ->
                            new MessageFrame(
                                    services.frames().channelMessage(channel, message),
                                    0,
                                    Optional.empty()));
            boolean shown = viewer.show(frame);
            (shown ? delivered : dropped).increment();
            services.meters().channelMessage(shown);
        }
    }
}
