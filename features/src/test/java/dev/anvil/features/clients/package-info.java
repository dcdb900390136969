/** Real clients at a node, over http and https. */
package dev.anvil.features.clients;
