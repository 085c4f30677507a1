package ai.artcafe.gateway.socket;

import ai.artcafe.gateway.broker.TenantLink;
import ai.artcafe.gateway.socket.ClientFrame.Target;
import ai.artcafe.model.identity.ChannelId;
import ai.artcafe.model.identity.TenantId;
import ai.artcafe.model.problem.ErrorCode;
import ai.artcafe.model.subject.Subject;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * What one socket hears: what the agent has subscribed to, and the channels that it belongs to
 * unless it has unsubscribed from them. Used by its event loop only.
 */
final class Subscriptions {

    private static final long RETRY_MS = 1000;
    private static final String CHANNEL = "channel.";

    private final SocketServices services;
    private final TenantId tenant;
    private final TenantLink link;
    private final Conversation.Peer peer;
    private final Map<String, Interest> interests = new HashMap<>();
    private final Map<String, Membership> memberships = new HashMap<>();
    private List<ChannelId> channels = List.of();
    private boolean trying;

    /** How a channel is heard that the agent belongs to. */
    private enum Membership {
        /** For that reason only. */
        HEARD,
        /** The agent has subscribed to it as well, and goes on to hear it without belonging. */
        ASKED_FOR,
        /** The agent has unsubscribed from it, or may have no more subscriptions. */
        NOT_HEARD
    }

    private enum Outcome {
        HELD,
        /** The agent has been told why. */
        REFUSED,
        NOT_NOW
    }

    Subscriptions(
            SocketServices services, TenantId tenant, TenantLink link, Conversation.Peer peer) {
        this.services = services;
        this.tenant = tenant;
        this.link = link;
        this.peer = peer;
    }

    /** Subscribes, and says so once the server has it; again and again means once. */
    void add(Target target, Optional<String> id) {
        switch (hold(target, id)) {
            case HELD -> {
                memberships.replace(target.subject(), Membership.ASKED_FOR);
                link.flushed()
                        .thenAccept(confirmed -> peer.onLoop(() -> confirm(target, id, confirmed)));
            }
            case REFUSED -> {}
            case NOT_NOW -> refuseNow(id);
        }
    }

    /**
     * Subscribes to the channels that the agent belongs to now, and unsubscribes from those that it
     * heard for that reason only; says so. What NATS does not take now is tried again.
     */
    void belongTo(List<ChannelId> now) {
        channels = now;
        Set<String> subjects = new LinkedHashSet<>();
        now.forEach(channel -> subjects.add(CHANNEL + channel));
        for (String left : List.copyOf(memberships.keySet())) {
            if (!subjects.contains(left)) {
                leave(channel(left));
            }
        }
        subjects.stream()
                .filter(subject -> !memberships.containsKey(subject))
                .forEach(subject -> join(channel(subject)));
    }

    private static Target channel(String subject) {
        return new Target("channel", subject.substring(CHANNEL.length()), subject);
    }

    private void leave(Target channel) {
        if (memberships.remove(channel.subject()) == Membership.HEARD) {
            drop(channel);
            peer.send(ServerFrames.subscription("unsubscribed", channel, Optional.empty()));
        }
    }

    private void join(Target channel) {
        boolean asked = interests.containsKey(channel.subject());
        switch (hold(channel, Optional.empty())) {
            case HELD -> {
                memberships.put(channel.subject(), asked ? Membership.ASKED_FOR : Membership.HEARD);
                link.flushed()
                        .thenAccept(confirmed ->
                                peer.onLoop(() -> confirmMembership(channel, confirmed)));
            }
            case REFUSED -> memberships.put(channel.subject(), Membership.NOT_HEARD);
            case NOT_NOW -> tryAgain();
        }
    }

    private void confirmMembership(Target channel, boolean confirmed) {
        if (confirmed && interests.containsKey(channel.subject())) {
            peer.send(ServerFrames.subscription("subscribed", channel, Optional.empty()));
        } else if (memberships.remove(channel.subject(), Membership.HEARD)) {
            drop(channel);
            tryAgain();
        }
    }

    private void tryAgain() {
        if (!trying) {
            trying = true;
            peer.later(
                    RETRY_MS,
                    () -> {
                        trying = false;
                        belongTo(channels);
                    });
        }
    }

    private Outcome hold(Target target, Optional<String> id) {
        if (interests.containsKey(target.subject())) {
            return Outcome.HELD;
        }
        Optional<Interest> interest = interest(target, id);
        if (interest.isEmpty()) {
            return Outcome.REFUSED;
        }
        Outcome outcome = subscribe(interest.get(), id);
        if (outcome == Outcome.HELD) {
            interests.put(target.subject(), interest.get());
        }
        return outcome;
    }

    private Optional<Interest> interest(Target target, Optional<String> id) {
        Optional<Subject> named = Subject.parse(target.subject());
        if (named.isEmpty()) {
            peer.refuse(
                    ErrorCode.INVALID_SUBJECT,
                    "subject must be 1 to 32 tokens with dots between, '*' for any token, a last"
                            + " '>' for any rest",
                    id,
                    0);
            return Optional.empty();
        }
        List<Subject> subjects = services.subjects().subscriptions(tenant, named.get());
        if (subjects.isEmpty()) {
            peer.refuse(
                    ErrorCode.FORBIDDEN_SUBJECT,
                    "the subject is outside your tenant's namespace",
                    id,
                    0);
            return Optional.empty();
        }
        if (interests.size() >= services.config().subscriptions()) {
            peer.refuse(
                    ErrorCode.LIMIT_EXCEEDED,
                    "a connection may have " + services.config().subscriptions() + " subscriptions",
                    id,
                    0);
            return Optional.empty();
        }
        return Optional.of(
                subjects.contains(named.get())
                        ? Interest.absolute(subjects, services.frames(), peer::deliver)
                        : Interest.relative(tenant, subjects, services.frames(), peer::deliver));
    }

    private Outcome subscribe(Interest interest, Optional<String> id) {
        if (!link.isUp()) {
            return Outcome.NOT_NOW;
        }
        List<Subject> done = new ArrayList<>();
        for (Subject subject : interest.subjects()) {
            boolean taken;
            try {
                taken = link.subscribe(subject.value(), interest);
            } catch (IllegalStateException _) {
                done.forEach(made -> link.unsubscribe(made.value(), interest));
                return Outcome.NOT_NOW;
            }
            if (!taken) {
                done.forEach(made -> link.unsubscribe(made.value(), interest));
                peer.refuse(
                        ErrorCode.LIMIT_EXCEEDED,
                        "the tenant's agents have too many different subscriptions here",
                        id,
                        0);
                return Outcome.REFUSED;
            }
            done.add(subject);
        }
        return Outcome.HELD;
    }

    /** A subscription that was taken back meanwhile is none to confirm. */
    private void confirm(Target target, Optional<String> id, boolean confirmed) {
        if (!confirmed) {
            drop(target);
            if (memberships.remove(target.subject(), Membership.ASKED_FOR)) {
                tryAgain();
            }
            refuseNow(id);
        } else if (interests.containsKey(target.subject())) {
            peer.send(ServerFrames.subscription("subscribed", target, id));
        }
    }

    /** Unsubscribes; from what it was not subscribed to, too. */
    void remove(Target target, Optional<String> id) {
        drop(target);
        memberships.replace(target.subject(), Membership.NOT_HEARD);
        peer.send(ServerFrames.subscription("unsubscribed", target, id));
    }

    private void drop(Target target) {
        Interest interest = interests.remove(target.subject());
        if (interest != null) {
            unsubscribe(interest);
        }
    }

    void removeAll() {
        interests.values().forEach(this::unsubscribe);
        interests.clear();
    }

    private void unsubscribe(Interest interest) {
        interest.subjects().forEach(subject -> link.unsubscribe(subject.value(), interest));
    }

    private void refuseNow(Optional<String> id) {
        peer.refuse(ErrorCode.UNAVAILABLE, "subscriptions cannot be made now", id, RETRY_MS);
    }
}
