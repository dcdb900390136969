package dev.anvil.ports.identity;

import java.time.Instant;

/**
 * What a token says. No secret: who holds the signed text may read it all.
 *
 * @param issuer deployment that issued it
 * @param audience for whom it was issued
 * @param subject client id of the application
 * @param tenant name of its tenant
 * @param tenantId internal id of its tenant
 * @param scope scopes with one space between each two
 * @param tokenId unique id of the token
 * @param secretId which secret of the application it was issued for
 * @param issuedAt whole seconds
 * @param notBefore whole seconds; not valid earlier
 * @param expiresAt whole seconds; not valid from then on
 */
public record TokenClaims(
    String issuer,
    String audience,
    String subject,
    String tenant,
    long tenantId,
    String scope,
    String tokenId,
    String secretId,
    Instant issuedAt,
    Instant notBefore,
    Instant expiresAt) {}
