/** Tests of the typed client against answers that are given byte by byte. */
package dev.anvil.client;
