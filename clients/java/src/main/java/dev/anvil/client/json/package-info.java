/**
 * JSON as trees, read and written by the streaming parts of Jackson alone: the mapper that knows
 * every type takes longer to start than a verb to answer.
 */
package dev.anvil.client.json;
