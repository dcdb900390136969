/**
 * Servers that run side by side, ours and the peers': how each is found, started, made ready and
 * stopped. All speak S3 on loopback.
 */
package dev.anvil.bench.peers;
