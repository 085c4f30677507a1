package ai.artcafe.gateway.socket;

import ai.artcafe.gateway.broker.Delivery;
import ai.artcafe.gateway.broker.Outgoing;
import ai.artcafe.gateway.broker.Sender;
import ai.artcafe.gateway.broker.TenantLink;
import ai.artcafe.gateway.frame.MessageFrame;
import ai.artcafe.gateway.limit.MessageRate;
import ai.artcafe.gateway.limit.RateVerdict;
import ai.artcafe.gateway.quota.DayUsage;
import ai.artcafe.gateway.quota.QuotaListener;
import ai.artcafe.gateway.quota.TenantQuota;
import ai.artcafe.gateway.reading.SocketMeter;
import ai.artcafe.gateway.signal.Signals;
import ai.artcafe.gateway.socket.ClientFrame.Target;
import ai.artcafe.gateway.status.RequestLog;
import ai.artcafe.model.identity.AgentId;
import ai.artcafe.model.identity.ChannelId;
import ai.artcafe.model.identity.TenantId;
import ai.artcafe.model.plan.PlanLimits;
import ai.artcafe.model.problem.ErrorCode;
import ai.artcafe.runtime.status.RequestOutcome;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/** What an agent and the gateway say to each other on one socket. Used by its event loop only. */
final class Conversation {

    private static final long UNAVAILABLE_RETRY_MS = 1000;

    /**
     * How long an agent is not read that is over its rate, at most; the tokens come back by then.
     */
    private static final long MOST_HELD_BACK_MS = 1000;

    /** How long one is not read whose tenant has used up its day: it may still do other things. */
    private static final long QUOTA_HELD_BACK_MS = 250;

    /** The agent's end of it. */
    interface Peer {
        void send(byte[] frame);

        /** Takes a message, from any thread. */
        void deliver(MessageFrame message);

        /** Takes the reply to a request, on the event loop. */
        void respond(MessageFrame response);

        /** Runs something on the socket's event loop, unless the socket is closed by then. */
        void onLoop(Runnable task);

        /** The same a while later. */
        void later(long millis, Runnable task);

        /**
         * Answers with an error.
         *
         * @param retryAfterMs when to try again, 0 when that would not help
         */
        void refuse(ErrorCode code, String detail, Optional<String> id, long retryAfterMs);

        /** Reads nothing more from the agent for this long. */
        void holdBack(long millis);
    }

    private final SocketServices services;
    private final TenantId tenant;
    private final AgentId agent;
    private final TenantLink link;
    private final Sender sender;
    private final SocketMeter meter;
    private final MessageRate rate;
    private final TenantQuota quota;
    private final QuotaListener quotaListener;
    private final Signals.Speaker speaker;
    private final Peer peer;
    private final PublishTargets targets;
    private final Subscriptions subscriptions;
    private int openRequests;

    Conversation(
            SocketServices services, Admission.Admitted admitted, SocketMeter meter, Peer peer) {
        this.services = services;
        this.tenant = admitted.agent().tenantId();
        this.agent = admitted.agent().agentId();
        this.link = admitted.link();
        this.sender = link.sender(agent);
        this.meter = meter;
        this.rate = services.rates().of(tenant, agent, admitted.tenant().limits());
        this.speaker = new Signals.Speaker(tenant, agent, meter.connectionId());
        this.peer = peer;
        this.targets =
                new PublishTargets(services.subjects(), tenant, services.config().replySubjects());
        this.subscriptions = new Subscriptions(services, tenant, link, peer);
        this.quotaListener = this::tellUsage;
        this.quota = services.quotas().open(admitted.tenant(), quotaListener);
    }

    /** What the agent's plan allows now. */
    PlanLimits limits() {
        return quota.limits();
    }

    /** Has the agent hear the channels that it belongs to now, see {@link Subscriptions}. */
    void belongTo(List<ChannelId> channels) {
        subscriptions.belongTo(channels);
    }

    /** Answers one frame; now is the time of its arrival in epoch milliseconds. */
    void take(ClientFrame frame, long now) {
        switch (frame) {
            case ClientFrame.Publish publish -> publish(publish, now);
            case ClientFrame.Request request ->
                    request(
                            request.subject(),
                            request.data(),
                            request.id(),
                            request.timeoutMs(),
                            now);
            case ClientFrame.Subscribe(Target target, Optional<String> id) ->
                    subscriptions.add(target, id);
            case ClientFrame.Unsubscribe(Target target, Optional<String> id) ->
                    subscriptions.remove(target, id);
            case ClientFrame.Heartbeat(byte[] sent) -> {
                meter.control(sent.length);
                services.signals().heard(speaker, Signals.Kind.HEARTBEAT, now, sent);
                peer.send(ServerFrames.heartbeatAck(services.frames().time(now)));
            }
            case ClientFrame.Presence(Optional<String> id, byte[] sent) -> {
                meter.control(sent.length);
                services.signals().heard(speaker, Signals.Kind.PRESENCE, now, sent);
                id.ifPresent(text -> peer.send(ServerFrames.ack(text)));
            }
            case ClientFrame.Usage(Optional<String> id) ->
                    peer.send(
                            ServerFrames.usage(
                                    id, quota.usage(Instant.ofEpochMilli(now)), services.frames()));
            case ClientFrame.Ping(Optional<String> id) -> peer.send(ServerFrames.pong(id));
            case ClientFrame.Refused(ErrorCode code, String detail, Optional<String> id) ->
                    peer.refuse(code, detail, id, 0);
        }
    }

    /** The agent has been given a subject to reply to. */
    void delivered(MessageFrame message) {
        message.replyTo().ifPresent(targets::mayReplyTo);
    }

    /** Whether requests of the agent are still to be answered. */
    boolean awaitsReplies() {
        return openRequests > 0;
    }

    void end() {
        services.signals().closed(meter.connectionId());
        services.quotas().close(tenant, quotaListener);
        subscriptions.removeAll();
    }

    private void tellUsage(int percent, DayUsage usage) {
        peer.onLoop(() -> peer.send(ServerFrames.usageLevel(percent, usage, services.frames())));
    }

    private void publish(ClientFrame.Publish publish, long now) {
        if (publish.replyTimeoutMs() > 0) {
            request(publish.subject(), publish.data(), publish.id(), publish.replyTimeoutMs(), now);
            return;
        }
        Optional<String> subject = accept(publish.subject(), publish.id(), now);
        if (subject.isEmpty() || isRepetition(publish.id())) {
            return;
        }
        Outgoing message = new Outgoing(subject.get(), publish.data(), sender, now, publish.id());
        if (isTaken(link.publish(message), publish.id(), publish.data().length)
                && publish.id().isPresent()) {
            peer.send(ServerFrames.ack(publish.id().get()));
        }
    }

    private void request(String named, byte[] data, Optional<String> id, long timeoutMs, long now) {
        if (openRequests >= services.config().requests()) {
            peer.refuse(
                    ErrorCode.LIMIT_EXCEEDED,
                    "no more than " + services.config().requests() + " requests may be open",
                    id,
                    UNAVAILABLE_RETRY_MS);
            return;
        }
        Optional<String> subject = accept(named, id, now);
        if (subject.isEmpty() || isRepetition(id)) {
            return;
        }
        CompletableFuture<Optional<Delivery>> reply = new CompletableFuture<>();
        Outgoing message = new Outgoing(subject.get(), data, sender, now, id);
        RequestLog.Running running = services.requests().begin(tenant, agent, subject.get());
        TenantLink.Outcome outcome = link.request(message, Duration.ofMillis(timeoutMs), reply);
        if (outcome == TenantLink.Outcome.DOWN) {
            running.end(RequestOutcome.FAILED);
        }
        if (!isTaken(outcome, id, data.length)) {
            return;
        }
        openRequests++;
        reply.completeOnTimeout(Optional.empty(), timeoutMs, TimeUnit.MILLISECONDS)
                .thenAccept(answer -> {
                    running.end(ended(answer));
                    peer.onLoop(() -> answer(id, answer));
                });
    }

    private static RequestOutcome ended(Optional<Delivery> answer) {
        return answer.map(
                        reply -> reply.isError() ? RequestOutcome.FAILED : RequestOutcome.ANSWERED)
                .orElse(RequestOutcome.TIMED_OUT);
    }

    private void answer(Optional<String> id, Optional<Delivery> answer) {
        openRequests--;
        answer.ifPresentOrElse(
                delivery -> peer.respond(services.frames().response(id, delivery)),
                () -> peer.refuse(ErrorCode.TIMEOUT, "no reply came in time", id, 0));
    }

    /** The subject on NATS, if the agent may publish there and now; else it has been told why. */
    private Optional<String> accept(String named, Optional<String> id, long now) {
        return switch (targets.of(named)) {
            case PublishTarget.Refused(ErrorCode code, String detail) -> {
                peer.refuse(code, detail, id, 0);
                yield Optional.empty();
            }
            case PublishTarget.Literal(String subject) ->
                    isWithinLimits(id, now) ? Optional.of(subject) : Optional.empty();
        };
    }

    /** Whether plan and day leave room for a message; else the agent has been told, and waits. */
    private boolean isWithinLimits(Optional<String> id, long now) {
        if (quota.isUsedUp(now)) {
            peer.refuse(
                    ErrorCode.QUOTA_EXCEEDED,
                    "the plan's messages of the day are used up",
                    id,
                    TenantQuota.untilReset(now));
            peer.holdBack(QUOTA_HELD_BACK_MS);
            return false;
        }
        if (rate.take() instanceof RateVerdict.Exceeded(Duration retryAfter)) {
            long wait = retryAfter.toMillis() + 1;
            peer.refuse(
                    ErrorCode.LIMIT_EXCEEDED, "the plan's messages a second are used up", id, wait);
            peer.holdBack(Math.min(wait, MOST_HELD_BACK_MS));
            return false;
        }
        return true;
    }

    /** Whether it was published already; then it is acknowledged again, and that is all. */
    private boolean isRepetition(Optional<String> id) {
        if (id.isEmpty() || services.recentIds().add(agent, id.get())) {
            return false;
        }
        services.meters().repeated();
        peer.send(ServerFrames.ack(id.get()));
        return true;
    }

    private boolean isTaken(TenantLink.Outcome outcome, Optional<String> id, int bytes) {
        if (outcome == TenantLink.Outcome.ACCEPTED) {
            meter.published(bytes);
            services.meters().published(bytes);
            quota.published();
            id.ifPresent(text -> services.publishedIds().add(agent, text));
            return true;
        }
        id.ifPresent(text -> services.recentIds().remove(agent, text));
        if (outcome == TenantLink.Outcome.DOWN) {
            peer.refuse(
                    ErrorCode.UNAVAILABLE,
                    "messages cannot be taken now",
                    id,
                    UNAVAILABLE_RETRY_MS);
        } else {
            peer.refuse(ErrorCode.TOO_LARGE, "data is larger than a message may be", id, 0);
        }
        return false;
    }
}
