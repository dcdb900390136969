/** Tests of the command line. */
package dev.anvil.app.cli;
