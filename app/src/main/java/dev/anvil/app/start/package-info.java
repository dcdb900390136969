/** What makes the next start of the program sooner: prepared once on an installation. */
package dev.anvil.app.start;
