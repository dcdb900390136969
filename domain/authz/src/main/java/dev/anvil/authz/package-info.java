/**
 * What a caller may do: the one door {@code Access} that every use case passes first, and
 * relationship checks behind it.
 */
package dev.anvil.authz;
