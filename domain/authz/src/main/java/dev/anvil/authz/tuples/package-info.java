/** Tuples as clients write them: resource, relation, subject, condition, expiry. */
package dev.anvil.authz.tuples;
