/**
 * Time as the domain sees it: wall time is {@link java.time.InstantSource}, elapsed time a {@code
 * Ticker}.
 */
package dev.anvil.ports.time;
