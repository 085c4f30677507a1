package ai.artcafe.metrics.realtime;

import java.util.Optional;

/**
 * A tenant as it is right now.
 *
 * @param answer what a client is told
 * @param track the seconds before; empty where rates are not known, and while a store is away
 */
public record Picture(RealtimeAnswer answer, Optional<Track> track) {}
