/** The change journal: what every durable mutation leaves behind, in cursor order. */
package dev.anvil.ports.journal;
