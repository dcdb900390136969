/** Load and fault programs that measure a running node. Never part of the shipped jar. */
package dev.anvil.bench;
