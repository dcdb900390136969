/**
 * HTTP/1.1 to one server over sockets and TLS, of few classes, so that a process that asks one
 * question starts quickly. The typed client and Anvil's command line stand on it.
 */
package dev.anvil.client.http;
