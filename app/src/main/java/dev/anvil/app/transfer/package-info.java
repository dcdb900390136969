/** What a person sees of a transfer. */
package dev.anvil.app.transfer;
