/** The HTTP edge of watches: server-sent events, lines of JSON and the long poll. */
package dev.anvil.http.watch;
