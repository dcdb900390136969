/**
 * What stands between Jetty and the operations: one door a listener, watches over slow peers, and
 * the ways in (native, management, documents).
 */
package dev.anvil.http.server;
