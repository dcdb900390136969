/** Watches under writers, disconnects and crashes, and what many idle ones cost. */
package dev.anvil.bench.watch;
