/** Tests of settings. */
package dev.anvil.app.settings;
