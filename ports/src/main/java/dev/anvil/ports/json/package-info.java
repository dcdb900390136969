/** JSON documents as the domain needs them, without a JSON library in the domain. */
package dev.anvil.ports.json;
