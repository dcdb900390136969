/** Tests of the client of the command line. */
package dev.anvil.app.client;
