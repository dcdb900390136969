/**
 * What buckets and versions grant beyond scopes and relationships: access control lists, the block
 * of public access, ownership of objects. Values only; {@link dev.anvil.authz.Access} decides.
 */
package dev.anvil.authz.grants;
