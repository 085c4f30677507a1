package ai.artcafe.gateway.socket;

import ai.artcafe.model.identity.AgentId;
import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.Ticker;
import java.time.Duration;

/** The ids of the messages that agents published lately, on any socket here. Thread-safe. */
final class RecentIds {

    private record Key(AgentId agent, String id) {}

    private final Cache<Key, Boolean> ids;

    RecentIds(Duration window, long capacity, Ticker ticker) {
        this.ids =
                Caffeine.newBuilder()
                        .expireAfterWrite(window)
                        .maximumSize(capacity)
                        .ticker(ticker)
                        .build();
    }

    /** Returns false when the agent has used the id lately: the message is a repetition. */
    boolean add(AgentId agent, String id) {
        return ids.asMap().putIfAbsent(new Key(agent, id), Boolean.TRUE) == null;
    }

    /** The message with this id was not taken in after all. */
    void remove(AgentId agent, String id) {
        ids.invalidate(new Key(agent, id));
    }
}
