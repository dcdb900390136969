/**
 * Maintained views over objects. Not built yet: the package keeps its place in the order of
 * subjects.
 */
package dev.anvil.indexes;
