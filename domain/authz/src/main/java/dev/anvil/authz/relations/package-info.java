/** What callers can ask of relationships: questions, lists, writes, schemas. */
package dev.anvil.authz.relations;
