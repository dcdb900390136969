/** Many clients that all want the same key at the same moment: exactly one may have it. */
package dev.anvil.bench.race;
