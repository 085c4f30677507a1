package ai.artcafe.tracker.ledger;

import ai.artcafe.model.identity.AgentId;
import ai.artcafe.model.usage.Traffic;

/**
 * Control messages of one agent that a tap has seen since it began counting them. They are among
 * what the NATS server counted as published, and move from there to control.
 *
 * @param counter which count this is: unique for the tap and its start, so that a count that is
 *     applied again moves nothing
 * @param seen cumulative
 * @param overdue whether the readings that hold these messages must have been applied before, so
 *     that they are taken from what is already booked; otherwise only from what the same batch adds
 */
public record ControlCount(AgentId agent, String counter, Traffic seen, boolean overdue) {}
