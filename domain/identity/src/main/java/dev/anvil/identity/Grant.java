package dev.anvil.identity;

import java.time.Instant;

/**
 * A scope granted to an application.
 *
 * @param clientId of the application
 * @param scope what it may do
 * @param grantedAt time of the commit
 * @param actor who granted it
 * @param reason why, in the words of who granted it; may be empty
 */
public record Grant(String clientId, Scope scope, Instant grantedAt, String actor, String reason) {}
