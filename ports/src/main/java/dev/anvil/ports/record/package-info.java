/** Byte codecs for record values and ordered keys. */
package dev.anvil.ports.record;
