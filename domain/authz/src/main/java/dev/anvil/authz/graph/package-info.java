/**
 * The meaning of a question: a walk over tuples and schema that answers in three values, exactly,
 * through cycles, and with an error instead of a wrong no.
 */
package dev.anvil.authz.graph;
