/**
 * Full-text and vector search. Not built yet: the module keeps its place among the driven adapters.
 */
package dev.anvil.search.lucene;
