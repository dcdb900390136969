/**
 * The load client: requests made and signed before the window, replayed over raw keep-alive sockets
 * by one thread, so that what it costs stays far below what a server costs.
 */
package dev.anvil.bench.replay;
