/**
 * The keys of a running node: from settings or from files, the newest in use, older ones at hand.
 */
package dev.anvil.app.keys;
