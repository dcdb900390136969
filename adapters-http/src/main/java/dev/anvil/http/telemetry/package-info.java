/** What the listeners tell of themselves: meters, answered requests, the node's health. */
package dev.anvil.http.telemetry;
