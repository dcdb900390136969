/**
 * The program: settings, wiring by constructors, the command line. The only module that sees
 * everything.
 */
package dev.anvil.app;
