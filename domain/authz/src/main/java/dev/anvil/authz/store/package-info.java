/**
 * How relationships lie in the partition of their tenant, and how they are read at a revision:
 * tuples forward and reverse, history, schemas, interned names, revision tokens.
 */
package dev.anvil.authz.store;
