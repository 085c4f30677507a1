package ai.artcafe.gateway.dashboard;

import ai.artcafe.gateway.broker.TenantLink;
import ai.artcafe.gateway.quota.DayUsage;
import ai.artcafe.gateway.quota.QuotaListener;
import ai.artcafe.model.identity.ChannelId;
import ai.artcafe.model.identity.TenantId;
import ai.artcafe.model.problem.ErrorCode;
import ai.artcafe.model.problem.ProblemException;
import ai.artcafe.model.subject.Subject;
import ai.artcafe.runtime.access.TenantAccess;
import ai.artcafe.runtime.store.StoreOutages;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jboss.logging.Logger;

/** What one dashboard asks for, and gets. Used by its event loop only. */
final class DashboardConversation {

    private static final Logger LOG = Logger.getLogger(DashboardConversation.class);

    /** How often {@link #look} is to be called in a second. */
    static final int LOOKS_PER_SECOND = 4;

    private static final String PREVIEW = "topic_preview";
    private static final String METRICS = "metrics";

    private final DashboardServices services;
    private final Viewer viewer;
    private final TenantId tenant;
    private final TenantLink link;
    private final Supplier<TenantAccess> access;
    private final Consumer<TenantAccess> renewed;
    private final String address;
    private final ChannelMonitor channels;
    private final QuotaListener quotaListener;
    private Optional<TopicPreview> preview = Optional.empty();
    private boolean watchesMetrics;
    private boolean refreshing;
    private int looks;

    /**
     * @param access what the token in force allows
     * @param renewed takes what a newer token allows
     */
    DashboardConversation(
            DashboardServices services,
            DashboardAdmission.Admitted admitted,
            Viewer viewer,
            Supplier<TenantAccess> access,
            Consumer<TenantAccess> renewed) {
        this.services = services;
        this.viewer = viewer;
        this.tenant = admitted.tenant();
        this.link = admitted.link();
        this.address = admitted.address();
        this.access = access;
        this.renewed = renewed;
        this.channels = new ChannelMonitor(services, tenant, link, viewer);
        this.quotaListener = this::tellUsage;
        services.quotas().open(admitted.record(), quotaListener);
    }

    void take(DashboardFrame frame) {
        switch (frame) {
            case DashboardFrame.SubscribeChannel(ChannelId channel, Optional<String> id) ->
                    channels.add(channel, id);
            case DashboardFrame.UnsubscribeChannel(ChannelId channel, Optional<String> id) ->
                    channels.remove(channel, id);
            case DashboardFrame.SubscribePreview subscribe -> preview(subscribe);
            case DashboardFrame.UnsubscribePreview(Optional<String> id) -> {
                endPreview();
                viewer.send(services.frames().stream("unsubscribed", PREVIEW, id));
            }
            case DashboardFrame.SubscribeMetrics(Optional<String> id) -> {
                viewer.send(services.frames().stream("subscribed", METRICS, id));
                watchesMetrics = true;
                services.pictures().watch(tenant, viewer);
            }
            case DashboardFrame.UnsubscribeMetrics(Optional<String> id) -> {
                endMetrics();
                viewer.send(services.frames().stream("unsubscribed", METRICS, id));
            }
            case DashboardFrame.Refresh(String token, Optional<String> id) -> refresh(token, id);
            case DashboardFrame.Ping(Optional<String> id) ->
                    viewer.send(services.frames().pong(id));
            case DashboardFrame.Invalid(ErrorCode code, String detail, Optional<String> id) ->
                    viewer.refuse(code, detail, id);
        }
    }

    /** One preview a socket: another one takes its place. */
    private void preview(DashboardFrame.SubscribePreview asked) {
        Optional<Subject> pattern = Subject.parse(asked.pattern());
        if (pattern.isEmpty()) {
            viewer.refuse(
                    ErrorCode.INVALID_SUBJECT,
                    "pattern must be 1 to 32 tokens with dots between, '*' for any token, a last"
                            + " '>' for any rest",
                    asked.id());
            return;
        }
        List<Subject> subjects = services.subjects().subscriptions(tenant, pattern.get());
        if (subjects.isEmpty()) {
            viewer.refuse(
                    ErrorCode.FORBIDDEN_SUBJECT,
                    "the pattern is outside your tenant's namespace",
                    asked.id());
            return;
        }
        int perSecond = asked.maxPerSecond().orElse(services.config().previewsPerSecond());
        TopicPreview fresh = new TopicPreview(services, viewer, perSecond);
        endPreview();
        try {
            fresh.begin(link, subjects);
        } catch (ProblemException e) {
            viewer.refuse(e.code(), e.detail(), asked.id());
            return;
        }
        preview = Optional.of(fresh);
        link.flushed()
                .thenAccept(confirmed ->
                        viewer.onLoop(() -> confirm(fresh, asked, perSecond, confirmed)));
    }

    private void confirm(
            TopicPreview begun,
            DashboardFrame.SubscribePreview asked,
            int perSecond,
            boolean confirmed) {
        if (preview.filter(begun::equals).isEmpty()) {
            return;
        }
        if (confirmed) {
            viewer.send(services.frames().preview(asked.pattern(), perSecond, asked.id()));
        } else {
            endPreview();
            viewer.refuse(ErrorCode.UNAVAILABLE, "subscriptions cannot be made now", asked.id());
        }
    }

    private void endPreview() {
        preview.ifPresent(TopicPreview::end);
        preview = Optional.empty();
    }

    private void endMetrics() {
        if (watchesMetrics) {
            watchesMetrics = false;
            services.pictures().leave(tenant, viewer);
        }
    }

    /** The old token goes on to hold for as long as it does, whatever becomes of this one. */
    private void refresh(String token, Optional<String> id) {
        if (refreshing) {
            viewer.refuse(ErrorCode.CONFLICT, "another token is being looked at", id);
            return;
        }
        refreshing = true;
        TenantAccess held = access.get();
        Thread.ofVirtual()
                .name("dashboard-refresh")
                .start(() -> {
                    Runnable outcome = renewal(held, token, id);
                    viewer.onLoop(() -> {
                        refreshing = false;
                        outcome.run();
                    });
                });
    }

    private Runnable renewal(TenantAccess held, String token, Optional<String> id) {
        try {
            TenantAccess fresh = services.admission().renew(held, token, address);
            return () -> {
                renewed.accept(fresh);
                viewer.send(services.frames().refreshed(fresh, id));
            };
        } catch (ProblemException e) {
            return () -> viewer.refuse(e.code(), e.detail(), id);
        } catch (RuntimeException e) {
            if (StoreOutages.storeAway(e).isPresent()) {
                return () -> viewer.refuse(ErrorCode.UNAVAILABLE, "a store is away", id);
            }
            LOG.error("a token could not be looked at", e);
            return () -> viewer.refuse(ErrorCode.INTERNAL, "the token could not be looked at", id);
        }
    }

    private void tellUsage(int percent, DayUsage usage) {
        viewer.onLoop(() -> viewer.send(services.frames().usage(percent, usage)));
    }

    /** Called four times a second. */
    void look() {
        preview.ifPresent(TopicPreview::look);
        looks++;
        if (looks % LOOKS_PER_SECOND == 0) {
            preview.ifPresent(TopicPreview::tell);
            channels.tell();
        }
    }

    void end() {
        endPreview();
        endMetrics();
        channels.removeAll();
        services.quotas().close(tenant, quotaListener);
    }
}
