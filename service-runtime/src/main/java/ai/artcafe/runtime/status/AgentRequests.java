package ai.artcafe.runtime.status;

/** The requests booked to an agent. */
public record AgentRequests(RequestParty party, RequestActivity activity) {}
