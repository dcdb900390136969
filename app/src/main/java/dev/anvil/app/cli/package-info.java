/** The verbs of the command line. Results on stdout, errors on stderr, four exit codes. */
package dev.anvil.app.cli;
