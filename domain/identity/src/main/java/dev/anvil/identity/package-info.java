/**
 * Who calls: tenants, applications, secrets, tokens and their scopes, grants and the audit trail.
 */
package dev.anvil.identity;
