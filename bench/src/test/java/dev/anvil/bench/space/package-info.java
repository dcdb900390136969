/** Tests of space that comes back. */
package dev.anvil.bench.space;
