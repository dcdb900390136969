/**
 * Relationship checks side by side: our server on both engines, SpiceDB and OpenFGA, each with its
 * database, all asked over HTTP with JSON by the same client.
 */
package dev.anvil.bench.relations;
