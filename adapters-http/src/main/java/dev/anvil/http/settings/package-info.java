/** Where to listen, and every bound of the listeners. */
package dev.anvil.http.settings;
