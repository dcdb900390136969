/**
 * Whole files up and down in parts, several at once; what was cut off goes on where it was. {@link
 * dev.anvil.client.transfer.Transfers} is where to begin.
 */
package dev.anvil.client.transfer;
