/**
 * Settings: one name each, read from defaults, a file, the environment and flags, in that order.
 */
package dev.anvil.app.settings;
