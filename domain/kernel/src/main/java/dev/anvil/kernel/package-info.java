/**
 * The bottom of the domain: names, record encoding and small value types that every subject shares.
 * It depends on no other subject.
 */
package dev.anvil.kernel;
