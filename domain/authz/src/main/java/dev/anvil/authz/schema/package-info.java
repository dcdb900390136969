/**
 * The schema language: text to tree, tree to checked and compiled schema, tree to text, and what a
 * change of schema would strand.
 */
package dev.anvil.authz.schema;
