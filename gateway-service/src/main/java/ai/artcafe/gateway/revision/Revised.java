package ai.artcafe.gateway.revision;

/** A resource in one of its states. */
public record Revised<T>(T value, Revision revision) {}
