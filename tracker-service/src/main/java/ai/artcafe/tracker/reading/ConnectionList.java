package ai.artcafe.tracker.reading;

import java.util.List;

/**
 * A server's answer to CONNZ.
 *
 * @param withClosed whether it was asked for the closed connections as well
 */
public record ConnectionList(String serverId, boolean withClosed, List<ConnectionRow> rows) {}
