/** Byte formats of the waist: golden bytes and decoders that meet garbage. */
package dev.anvil.waist;
