package ai.artcafe.gateway.socket;

import ai.artcafe.gateway.broker.TenantLink;
import ai.artcafe.gateway.socket.ClientFrame.Target;
import ai.artcafe.model.identity.TenantId;
import ai.artcafe.model.problem.ErrorCode;
import ai.artcafe.model.subject.Subject;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What one socket wants to hear. Used by its event loop only. */
final class Subscriptions {

    private static final long RETRY_MS = 1000;

    private final SocketServices services;
    private final TenantId tenant;
    private final TenantLink link;
    private final Conversation.Peer peer;
    private final Map<String, Interest> interests = new HashMap<>();

    Subscriptions(
            SocketServices services, TenantId tenant, TenantLink link, Conversation.Peer peer) {
        this.services = services;
        this.tenant = tenant;
        this.link = link;
        this.peer = peer;
    }

    /** Subscribes, and says so once the server has it; again and again means once. */
    void add(Target target, Optional<String> id) {
        if (!interests.containsKey(target.subject())) {
            Optional<Interest> interest = interest(target, id);
            if (interest.isEmpty() || !subscribe(interest.get(), id)) {
                return;
            }
            interests.put(target.subject(), interest.get());
        }
        link.flushed().thenAccept(confirmed -> peer.onLoop(() -> confirm(target, id, confirmed)));
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
        if (!link.isUp()) {
            refuseNow(id);
            return Optional.empty();
        }
        return Optional.of(
                subjects.contains(named.get())
                        ? Interest.absolute(subjects, services.frames(), peer::deliver)
                        : Interest.relative(tenant, subjects, services.frames(), peer::deliver));
    }

    private boolean subscribe(Interest interest, Optional<String> id) {
        List<Subject> done = new ArrayList<>();
        for (Subject subject : interest.subjects()) {
            boolean taken;
            try {
                taken = link.subscribe(subject.value(), interest);
            } catch (IllegalStateException _) {
                done.forEach(made -> link.unsubscribe(made.value(), interest));
                refuseNow(id);
                return false;
            }
            if (!taken) {
                done.forEach(made -> link.unsubscribe(made.value(), interest));
                peer.refuse(
                        ErrorCode.LIMIT_EXCEEDED,
                        "the tenant's agents have too many different subscriptions here",
                        id,
                        0);
                return false;
            }
            done.add(subject);
        }
        return true;
    }

    /** A subscription that was taken back meanwhile is none to confirm. */
    private void confirm(Target target, Optional<String> id, boolean confirmed) {
        Interest interest = interests.get(target.subject());
        if (confirmed) {
            if (interest != null) {
                peer.send(ServerFrames.subscription("subscribed", target, id));
            }
            return;
        }
        if (interest != null) {
            interests.remove(target.subject());
            unsubscribe(interest);
        }
        refuseNow(id);
    }

    /** Unsubscribes; from what it was not subscribed to, too. */
    void remove(Target target, Optional<String> id) {
        Interest interest = interests.remove(target.subject());
        if (interest != null) {
            unsubscribe(interest);
        }
        peer.send(ServerFrames.subscription("unsubscribed", target, id));
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
