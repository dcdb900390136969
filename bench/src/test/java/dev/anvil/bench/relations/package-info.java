/** Tests of the comparison of relationship checks. */
package dev.anvil.bench.relations;
