/** Checks of the whole product: acceptance over the wire, architecture rules, the tidy check. */
package dev.anvil.features;
