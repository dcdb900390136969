/**
 * Repair of a stopped node: validates all, sets damaged records apart, rebuilds what is derived.
 */
package dev.anvil.app.repair;
