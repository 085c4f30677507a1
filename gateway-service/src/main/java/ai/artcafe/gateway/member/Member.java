package ai.artcafe.gateway.member;

import ai.artcafe.model.access.Role;
import java.time.Instant;

/**
 * A user that belongs to a tenant.
 *
 * @param userId the subject of their tokens
 * @param since when they were let in first
 */
public record Member(String userId, Role role, Instant since) {}
