/**
 * What the command line does with relationships beyond calling a server: files of assertions, trees
 * drawn for people, and what is brought over from SpiceDB.
 */
package dev.anvil.app.authz;
