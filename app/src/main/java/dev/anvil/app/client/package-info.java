/**
 * The HTTP client of the command line: the native and the admin API as any user would call them.
 */
package dev.anvil.app.client;
